import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'omise-secret-key',
  family: 'payment',
  title: 'Omise secret key',
  about: 'Secret keys of Omise (`skey_`, `skey_test_`)',
  forms: [[['skey_test_', 'skey_'], run('lowerDigit', 18, 24)]],
});
