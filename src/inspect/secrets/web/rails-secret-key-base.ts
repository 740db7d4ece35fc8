import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'rails-secret-key-base',
  family: 'web',
  title: 'Rails secret key base',
  about: 'Secret key bases of Rails next to the name',
  names: ['secret_key_base', 'secretKeyBase'],
  form: [run('hex', 64, 128)],
});
