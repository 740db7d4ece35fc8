import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pingdom-token',
  family: 'observability',
  title: 'Pingdom token',
  about: 'API tokens of Pingdom next to its name',
  names: ['pingdom'],
  form: [run('base64Url', 86)],
});
