import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'circleci-token',
  family: 'forges',
  title: 'CircleCI token',
  about: 'Personal and project tokens of CircleCI (`CCIPAT_`, `CCIPRJ_`)',
  forms: [[['CCIPAT_', 'CCIPRJ_'], run('alnum', 22), '_', run('anyHex', 40)]],
});
