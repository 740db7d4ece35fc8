import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'asana-access-token',
  family: 'chat',
  title: 'Asana access token',
  about: 'Personal access tokens of Asana next to its name',
  names: ['asana'],
  form: [['1/', '2/'], run('digit', 12, 17), ['/', ':'], run('lowerDigit', 16, 50)],
  also: /./,
});
