import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'dropbox-app-secret',
  family: 'chat',
  title: 'Dropbox app secret',
  about: 'Application secrets of Dropbox next to its name',
  names: ['dropbox'],
  form: [run('lowerDigit', 15)],
  also: /secret|token|key/i,
});
