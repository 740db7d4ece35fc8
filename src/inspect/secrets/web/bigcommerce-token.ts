import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'bigcommerce-token',
  family: 'web',
  title: 'BigCommerce token',
  about: 'API tokens of BigCommerce next to its name',
  names: ['bigcommerce'],
  form: [run('lowerDigit', 31)],
});
