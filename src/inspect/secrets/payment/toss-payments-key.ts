import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'toss-payments-key',
  family: 'payment',
  title: 'Toss Payments secret key',
  about: 'Live secret keys of Toss Payments (`live_sk_`, `live_gsk_`)',
  forms: [[['live_sk_', 'live_gsk_'], run('alnum', 20, 60)]],
});
