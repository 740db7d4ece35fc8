import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cloudflare-origin-key',
  family: 'clouds',
  title: 'Cloudflare origin CA key',
  about: 'Keys with which Cloudflare issues origin certificates (`v1.0-`)',
  forms: [['v1.0-', run('hex', 24), '-', run('hex', 146)]],
});
