import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'uploadcare-secret-key',
  family: 'web',
  title: 'Uploadcare secret key',
  about: 'Secret keys of Uploadcare next to its name; public ones look alike',
  names: ['uploadcare'],
  form: [run('hex', 20)],
  also: /secret|private/i,
});
