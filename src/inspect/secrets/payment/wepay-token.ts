import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'wepay-token',
  family: 'payment',
  title: 'WePay token',
  about: 'Access tokens of WePay (`PRODUCTION_`, `STAGE_`)',
  forms: [[['PRODUCTION_', 'STAGE_'], run('hex', 60, 68)]],
});
