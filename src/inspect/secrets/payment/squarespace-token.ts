import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'squarespace-token',
  family: 'payment',
  title: 'Squarespace token',
  about: 'API keys of Squarespace next to the name',
  names: ['squarespace'],
  form: [...UUID_PARTS],
});
