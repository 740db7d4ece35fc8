import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'razorpay-key-secret',
  family: 'payment',
  title: 'Razorpay key secret',
  about: 'Key secrets of Razorpay next to its name',
  names: ['razorpay'],
  form: [run('alnum', 24)],
  also: /secret/i,
});
