import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'semgrep-token',
  family: 'forges',
  title: 'Semgrep token',
  about: 'Tokens of Semgrep, by their name',
  severity: 'high',
  names: ['semgrep'],
  form: [run('hex', 64)],
});
