import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'checkout-secret-key',
  family: 'payment',
  title: 'Checkout.com secret key',
  about: 'Secret keys of Checkout.com after its name',
  names: ['checkout_secret', 'checkout_sk', 'cko_secret'],
  form: ['sk_', ...UUID_PARTS],
});
