import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'trello-legacy-token',
  family: 'chat',
  title: 'Trello token',
  about: 'Older access tokens of Trello, hexadecimal digits next to its name',
  names: ['trello'],
  form: [run('hex', 64)],
  also: /token|secret/i,
});
