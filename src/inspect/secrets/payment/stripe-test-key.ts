import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'stripe-test-key',
  family: 'payment',
  title: 'Stripe test key',
  about:
    'Secret and restricted keys of test mode (`sk_test_`, `rk_test_`) of Stripe and those who write theirs alike',
  forms: [[['sk_test_', 'rk_test_'], run('alnum', 24, 247)]],
  severity: 'low',
  attack: 'Anyone plays in the test account, and learns how the real one is set up',
});
