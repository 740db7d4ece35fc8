import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'bittrex-key',
  family: 'payment',
  title: 'Bittrex key',
  about: 'Access and secret keys of Bittrex next to the name',
  names: ['bittrex'],
  form: [run('lowerDigit', 32)],
});
