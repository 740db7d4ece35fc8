import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'iterative-studio-token',
  family: 'forges',
  title: 'DVC Studio token',
  about: 'Access tokens of DVC Studio (`isat_`)',
  forms: [['isat_', run('base64Url', 32, 80)]],
});
