import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'transifex-token',
  family: 'web',
  title: 'Transifex token',
  about: 'API tokens of Transifex next to its name',
  names: ['transifex', 'tx_token'],
  form: ['1/', run('hex', 40)],
});
