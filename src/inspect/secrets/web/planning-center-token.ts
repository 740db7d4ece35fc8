import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'planning-center-token',
  family: 'web',
  title: 'Planning Center access token',
  about: 'Secrets of personal access tokens of Planning Center (`pco_pat_`)',
  forms: [['pco_pat_', run('hex', 64, 72)]],
});
