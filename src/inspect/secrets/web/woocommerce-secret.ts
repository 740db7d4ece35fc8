import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'woocommerce-secret',
  family: 'web',
  title: 'WooCommerce secret',
  about: 'Consumer secrets of WooCommerce next to its name',
  names: ['woocommerce', 'consumer_secret', 'consumerSecret'],
  form: ['cs_', run('hex', 40)],
});
