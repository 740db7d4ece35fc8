import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'stytch-secret',
  family: 'web',
  title: 'Stytch secret',
  about: 'Secrets of Stytch projects (`secret-live-`, `secret-test-`)',
  forms: [[['secret-live-', 'secret-test-'], run('base64Url', 36, 64)]],
});
