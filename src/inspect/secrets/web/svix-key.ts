import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'svix-key',
  family: 'web',
  title: 'Svix API key',
  about: 'API keys of Svix (`testsk_`, `sk_` with a region behind it)',
  forms: [['testsk_', run('base64Url', 32)]],
});
