import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'fleetbase-key',
  family: 'payment',
  title: 'Fleetbase key',
  about: 'API keys of Fleetbase (`flb_live_`, `flb_test_`)',
  forms: [[['flb_live_', 'flb_test_'], run('alnum', 20, 64)]],
});
