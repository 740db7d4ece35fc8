import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'instagram-access-token',
  family: 'web',
  title: 'Instagram access token',
  about: 'Access tokens of Instagram (`IGQV`, `IGAA`)',
  forms: [[['IGQV', 'IGAA'], run('base64Url', 100, 300)]],
});
