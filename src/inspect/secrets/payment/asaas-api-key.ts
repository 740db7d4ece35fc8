import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'asaas-api-key',
  family: 'payment',
  title: 'Asaas API key',
  about: 'API keys of Asaas (`$aact_prod_`, `$aact_hmlg_`)',
  forms: [[['$aact_prod_', '$aact_hmlg_'], run('base64Url', 20, 250)]],
});
