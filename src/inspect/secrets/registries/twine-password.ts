import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twine-password',
  family: 'registries',
  title: 'password for uploads to a Python index',
  about: 'Passwords that twine would upload with, by the name TWINE_PASSWORD',
  names: ['twine_password'],
  form: [run('secret', 16, 64)],
});
