import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'prefect-key',
  family: 'forges',
  title: 'Prefect API key',
  about: 'API keys of Prefect (`pnu_`)',
  forms: [['pnu_', run('alnum', 36)]],
});
