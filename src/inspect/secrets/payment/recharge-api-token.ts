import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'recharge-api-token',
  family: 'payment',
  title: 'Recharge API token',
  about: 'API tokens of Recharge (`sk_1x1_` and alike)',
  forms: [
    [
      ['sk_1x', 'sk_2x', 'sk_3x', 'sk_5x', 'sk_10x', 'sk_test_1x', 'sk_test_2x', 'sk_test_3x'],
      run('digit', 1),
      '_',
      run('anyHex', 64),
    ],
  ],
});
