import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'shopify-private-app-token',
  family: 'payment',
  title: 'Shopify private app token',
  about: 'Access tokens of private Shopify applications (`shppa_`)',
  forms: [['shppa_', run('anyHex', 32)]],
});
