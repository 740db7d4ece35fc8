import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'turnstile-secret',
  family: 'web',
  title: 'Turnstile secret',
  about: 'Secret keys of Cloudflare Turnstile',
  forms: [['0x4AAAAAAA', run('base64Url', 25)]],
});
