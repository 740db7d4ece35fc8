import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'paystack-secret-key',
  family: 'payment',
  title: 'Paystack secret key',
  about: 'Live secret keys of Paystack (`sk_live_` and forty hexadecimal digits)',
  forms: [['sk_live_', run('hex', 40)]],
});
