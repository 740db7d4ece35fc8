import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'hasura-admin-secret',
  family: 'databases',
  title: 'Hasura admin secret',
  about: 'Admin secrets of Hasura next to its name',
  names: ['hasura_admin', 'hasura-admin', 'hasura_graphql_admin', 'hasuraAdmin'],
  form: [run('secret', 20, 80)],
});
