import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'new-relic-user-key',
  family: 'observability',
  title: 'New Relic user key',
  about: 'User keys of New Relic (`NRAK-`)',
  forms: [['NRAK-', run('upperDigit', 27)]],
});
