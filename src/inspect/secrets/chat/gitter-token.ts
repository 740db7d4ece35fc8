import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'gitter-token',
  family: 'chat',
  title: 'Gitter token',
  about: 'Access tokens of Gitter next to the name',
  names: ['gitter'],
  form: [run('base64Url', 40)],
});
