import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'aikido-ci-token',
  family: 'forges',
  title: 'Aikido CI token',
  about: 'Tokens of Aikido for pipelines (`AIK_CI_`)',
  forms: [['AIK_CI_', run('alnum', 32, 80)]],
});
