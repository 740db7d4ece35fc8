import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pipedrive-token',
  family: 'chat',
  title: 'Pipedrive API token',
  about: 'API tokens of Pipedrive next to its name',
  names: ['pipedrive'],
  form: [run('hex', 40)],
});
