import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'pinterest-access-token',
  family: 'web',
  title: 'Pinterest access token',
  about: 'Access and refresh tokens of Pinterest (`pina_`, `pinr.`)',
  forms: [[['pina_', 'pinr.'], run('base64Url', 20, 200)]],
});
