import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'stripe-restricted-key',
  family: 'payment',
  title: 'Stripe restricted key',
  about: 'Live restricted keys of Stripe (`rk_live_`)',
  forms: [['rk_live_', run('alnum', 24, 247)]],
});
