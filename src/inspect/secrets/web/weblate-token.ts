import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'weblate-token',
  family: 'web',
  title: 'Weblate token',
  about: 'User and project tokens of Weblate (`wlu_`, `wlp_`)',
  forms: [[['wlu_', 'wlp_'], run('alnum', 36)]],
});
