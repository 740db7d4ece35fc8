import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'upcloud-token',
  family: 'clouds',
  title: 'UpCloud token',
  about: 'API tokens of UpCloud (`ucat_`)',
  forms: [['ucat_', run('alnum', 24, 32)]],
});
