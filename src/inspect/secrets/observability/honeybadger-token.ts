import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'honeybadger-token',
  family: 'observability',
  title: 'Honeybadger token',
  about: 'Personal and project keys of Honeybadger (`hbp_`)',
  forms: [['hbp_', run('alnum', 30, 44)]],
});
