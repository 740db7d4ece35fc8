import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'phrase-token',
  family: 'web',
  title: 'Phrase token',
  about: 'Access tokens of Phrase next to its name',
  names: ['phraseapp', 'phrase_access', 'phrase_api'],
  form: [run('hex', 64)],
});
