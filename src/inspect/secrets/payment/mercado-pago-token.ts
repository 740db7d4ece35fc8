import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mercado-pago-token',
  family: 'payment',
  title: 'Mercado Pago access token',
  about: 'Access tokens of Mercado Pago (`APP_USR-`)',
  forms: [
    [
      'APP_USR-',
      run('digit', 13, 16),
      '-',
      run('digit', 6),
      '-',
      run('hex', 32),
      '-',
      run('digit', 6, 12),
    ],
  ],
});
