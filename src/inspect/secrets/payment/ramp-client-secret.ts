import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'ramp-client-secret',
  family: 'payment',
  title: 'Ramp client secret',
  about: 'Client secrets of Ramp (`ramp_sec_`)',
  forms: [['ramp_sec_', run('alnum', 40, 56)]],
});
