import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'new-relic-user-key',
  family: 'observability',
  version: 7,
  title: 'New Relic user key',
  about: 'User keys of New Relic (`NRAK-`), and the older ones of administrators (`NRAA-`)',
  forms: [
    ['NRAK-', run('upperDigit', 27)],
    ['NRAA-', run('hex', 27)],
  ],
});
