import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'railway-token',
  family: 'clouds',
  title: 'Railway token',
  about: 'Project and account tokens of Railway, by their name',
  names: ['railway'],
  form: [...UUID_PARTS],
});
