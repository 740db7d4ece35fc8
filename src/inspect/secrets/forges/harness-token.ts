import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'harness-token',
  family: 'forges',
  title: 'Harness token',
  about: 'Personal and service account tokens of Harness (`pat.`, `sat.`)',
  forms: [[['pat.', 'sat.'], run('base64Url', 22), '.', run('hex', 24), '.', run('alnum', 20)]],
});
