import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'zoom-client-secret',
  family: 'chat',
  title: 'Zoom client secret',
  about: 'Client and SDK secrets of Zoom next to its name',
  names: ['zoom'],
  form: [run('alnum', 32, 36)],
  also: /secret/i,
});
