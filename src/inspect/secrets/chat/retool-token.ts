import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'retool-token',
  family: 'chat',
  title: 'Retool token',
  about: 'API tokens of Retool (`retool_`)',
  forms: [['retool_', run('lowerDigit', 26)]],
});
