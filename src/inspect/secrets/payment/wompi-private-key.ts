import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'wompi-private-key',
  family: 'payment',
  title: 'Wompi private key',
  about:
    'Private keys of Wompi (`prv_prod_`, `prv_test_`), and its secrets of events and integrity',
  forms: [
    [
      [
        'prv_prod_',
        'prv_test_',
        'prod_events_',
        'test_events_',
        'prod_integrity_',
        'test_integrity_',
      ],
      run('alnum', 32),
    ],
  ],
});
