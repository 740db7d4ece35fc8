import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'braintree-access-token',
  family: 'payment',
  title: 'Braintree access token',
  about: 'Access tokens of PayPal Braintree (`access_token$production$`)',
  forms: [
    [
      ['access_token$production$', 'access_token$sandbox$'],
      run('lowerDigit', 16),
      '$',
      run('hex', 32),
    ],
  ],
});
