import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'rainforest-pay-key',
  family: 'payment',
  title: 'Rainforest key',
  about: 'API keys of Rainforest next to the name',
  names: ['rainforest'],
  form: [run('alnum', 32, 80)],
});
