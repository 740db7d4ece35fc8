import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'lokalise-token',
  family: 'web',
  title: 'Lokalise token',
  about: 'API tokens of Lokalise next to its name',
  names: ['lokalise'],
  form: [run('hex', 40)],
});
