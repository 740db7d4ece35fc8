import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'brex-token',
  family: 'payment',
  title: 'Brex token',
  about: 'User tokens of Brex (`bxt_`)',
  forms: [['bxt_', run('alnum', 32, 64)]],
});
