import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'packagist-token',
  family: 'registries',
  title: 'Private Packagist token',
  about: 'Tokens and API secrets of Private Packagist (`packagist_`)',
  forms: [
    ['packagist_ack_', run('hex', 28, 32)],
    ['packagist_acs_', run('hex', 64, 96)],
    [['packagist_ort_', 'packagist_out_', 'packagist_uut_'], run('hex', 68)],
  ],
});
