import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'radar-key',
  family: 'web',
  title: 'Radar secret key',
  about: 'Secret keys of Radar (`prj_live_sk_`, `prj_test_sk_`)',
  forms: [[['prj_live_sk_', 'prj_test_sk_'], run('hex', 40)]],
});
