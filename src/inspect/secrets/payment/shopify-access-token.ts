import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'shopify-access-token',
  family: 'payment',
  title: 'Shopify access token',
  about: 'Access tokens of Shopify applications (`shpat_`)',
  forms: [['shpat_', run('anyHex', 32)]],
});
