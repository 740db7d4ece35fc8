import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'asana-personal-token',
  family: 'chat',
  title: 'Asana personal token',
  about: 'Personal access tokens of Asana in their second form, after its name',
  names: ['asana'],
  form: ['2/', run('digit', 12, 17), '/', run('digit', 12, 17), ':', run('hex', 32)],
  also: /./,
});
