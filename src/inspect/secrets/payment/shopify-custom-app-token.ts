import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'shopify-custom-app-token',
  family: 'payment',
  title: 'Shopify custom app token',
  about: 'Access tokens of custom Shopify applications (`shpca_`)',
  forms: [['shpca_', run('anyHex', 32)]],
});
