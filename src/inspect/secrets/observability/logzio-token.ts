import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'logzio-token',
  family: 'observability',
  title: 'Logz.io token',
  about: 'Tokens of Logz.io next to its name',
  names: ['logzio', 'logz_io'],
  form: [run('letter', 32)],
});
