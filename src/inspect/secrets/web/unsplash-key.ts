import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'unsplash-key',
  family: 'web',
  title: 'Unsplash key',
  about: 'Secret keys of Unsplash next to its name',
  names: ['unsplash'],
  form: [run('base64Url', 43)],
  also: /secret/i,
});
