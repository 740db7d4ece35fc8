import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'proof-key',
  family: 'payment',
  title: 'Proof key',
  about: 'API keys of Proof (`prf_test_`, `prf_live_`, `prf_cli_test_`)',
  forms: [[['prf_test_', 'prf_live_', 'prf_cli_test_'], run('base64Url', 24, 80)]],
});
