import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'couchbase-api-key',
  family: 'databases',
  title: 'Couchbase Capella key',
  about: 'API secrets of Couchbase Capella next to its name',
  names: ['couchbase', 'capella'],
  form: [run('base64', 60, 120)],
});
