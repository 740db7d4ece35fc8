import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dbt-cloud-token',
  family: 'databases',
  title: 'dbt Cloud token',
  about: 'Service and user tokens of dbt Cloud (`dbtc_`, `dbtu_`)',
  forms: [[['dbtc_', 'dbtu_'], run('base64Url', 38, 64)]],
});
