import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'databento-key',
  family: 'databases',
  title: 'Databento key',
  about: 'API keys of Databento next to the name',
  names: ['databento'],
  form: ['db-', run('alnum', 29)],
});
