import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'hellosign-key',
  family: 'web',
  title: 'Dropbox Sign key',
  about: 'API keys of Dropbox Sign, once HelloSign, next to its name',
  names: ['hellosign', 'dropbox_sign'],
  form: [run('hex', 64)],
});
