import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'growthbook-secret-key',
  family: 'observability',
  title: 'GrowthBook secret key',
  about: 'Secret keys of GrowthBook (`secret_admin_`, `secret_readonly_`)',
  forms: [[['secret_admin_', 'secret_readonly_', 'secret_user_'], run('alnum', 30, 64)]],
});
