import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'settlemint-token',
  family: 'clouds',
  title: 'SettleMint token',
  about: 'Application, personal and service tokens of SettleMint (`sm_aat_`, `sm_pat_`, `sm_sat_`)',
  forms: [[['sm_aat_', 'sm_pat_', 'sm_sat_'], run('alnum', 16)]],
});
