import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'data-gov-key',
  family: 'web',
  title: 'api.data.gov key',
  about: 'API keys of api.data.gov next to the name',
  names: ['data.gov', 'data_gov', 'datagov'],
  form: [run('alnum', 40)],
});
