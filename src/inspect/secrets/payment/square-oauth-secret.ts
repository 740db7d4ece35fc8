import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'square-oauth-secret',
  family: 'payment',
  title: 'Square OAuth secret',
  about: 'Application secrets of Square (`sq0csp-`, in the sandbox `sandbox-sq0csb-`)',
  forms: [
    ['sq0csp-', run('base64Url', 43, 44)],
    ['sandbox-sq0csb-', run('base64Url', 40, 50)],
  ],
});
