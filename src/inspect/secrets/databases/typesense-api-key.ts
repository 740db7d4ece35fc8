import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'typesense-api-key',
  family: 'databases',
  title: 'Typesense API key',
  about: 'Admin keys of Typesense next to its name',
  names: ['typesense'],
  form: [run('alnum', 32, 48)],
  also: /admin|bootstrap|secret/i,
});
