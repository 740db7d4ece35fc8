import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'shippo-api-token',
  family: 'payment',
  title: 'Shippo API token',
  about: 'API tokens of Shippo (`shippo_live_`)',
  forms: [[['shippo_live_', 'shippo_test_'], run('hex', 40)]],
});
