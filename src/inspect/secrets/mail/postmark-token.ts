import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'postmark-token',
  family: 'mail',
  title: 'Postmark token',
  about: 'Server and account tokens of Postmark, a UUID next to its name',
  names: ['postmark'],
  form: [...UUID_PARTS],
});
