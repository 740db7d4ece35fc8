import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'depot-token',
  family: 'forges',
  title: 'Depot token',
  about: 'Tokens of Depot, which builds images (`depot_org_`, `depot_project_`, `depot_user_`)',
  forms: [[['depot_org_', 'depot_project_', 'depot_user_'], run('hex', 64)]],
});
