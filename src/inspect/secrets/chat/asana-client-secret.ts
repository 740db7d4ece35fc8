import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'asana-client-secret',
  family: 'chat',
  title: 'Asana client secret',
  about: 'Client secrets of Asana applications next to its name',
  names: ['asana'],
  form: [run('hex', 32)],
  also: /secret/i,
});
