import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'rapidapi-key',
  family: 'web',
  title: 'RapidAPI key',
  about: 'Keys of RapidAPI next to its name',
  names: ['rapidapi'],
  form: [run('lowerDigit', 50)],
});
