import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'snowflake-token',
  family: 'databases',
  title: 'Snowflake token',
  about: 'Programmatic access tokens and passwords of Snowflake next to the name',
  names: ['snowflake'],
  form: [run('base64Url', 100, 200)],
});
