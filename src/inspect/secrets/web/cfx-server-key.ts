import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cfx-server-key',
  family: 'web',
  title: 'Cfx.re server key',
  about: 'Licence keys of servers of FiveM (`cfxk_`)',
  forms: [['cfxk_', run('alnum', 20, 40), '_', run('alnum', 4, 12)]],
});
