import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'paypal-client-secret',
  family: 'payment',
  title: 'PayPal client secret',
  about: 'Client secrets of PayPal applications next to the name',
  names: ['paypal'],
  form: [run('base64Url', 80)],
  also: /secret/i,
});
