import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'reddit-client-secret',
  family: 'web',
  title: 'Reddit client secret',
  about: 'Client secrets of Reddit next to its name',
  names: ['reddit'],
  form: [run('base64Url', 27, 30)],
  also: /secret/i,
});
