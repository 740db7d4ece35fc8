import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'statsig-secret-key',
  family: 'observability',
  title: 'Statsig secret key',
  about: 'Server secrets and console keys of Statsig (`secret-`, `console-`)',
  forms: [[['secret-', 'console-'], run('alnum', 43)]],
});
