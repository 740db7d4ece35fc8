import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'square-live-token',
  family: 'payment',
  title: 'Square token',
  about: 'Access tokens of Square as it issues them today (`EAAAl`)',
  forms: [[['EAAAl', 'EAAAE'], run('base64Url', 59)]],
});
