import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mercury-api-token',
  family: 'payment',
  title: 'Mercury API token',
  about: 'API tokens of Mercury (`mercury_production_`, `mercury_sandbox_`)',
  forms: [[['mercury_production_', 'mercury_sandbox_'], run('base64Url', 20, 100)]],
});
