import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cockroachdb-api-key',
  family: 'databases',
  title: 'CockroachDB Cloud key',
  about: 'Service account keys of CockroachDB Cloud (`CCDB1_`)',
  forms: [['CCDB1_', run('alnum', 22), '_', run('alnum', 40)]],
});
