import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'autumn-key',
  family: 'payment',
  title: 'Autumn secret key',
  about: 'Secret keys of Autumn (`am_sk_live_`, `am_sk_test_`)',
  forms: [[['am_sk_live_', 'am_sk_test_'], run('alnum', 42)]],
});
