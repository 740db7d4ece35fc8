import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cashfree-secret-key',
  family: 'payment',
  title: 'Cashfree secret key',
  about: 'Secret keys of Cashfree (`cfsk_ma_prod_`, `cfsk_ma_test_`)',
  forms: [[['cfsk_ma_prod_', 'cfsk_ma_test_'], run('hex', 32), '_', run('hex', 8)]],
});
