import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'shopify-shared-secret',
  family: 'payment',
  title: 'Shopify shared secret',
  about: 'Shared secrets of Shopify applications (`shpss_`)',
  forms: [['shpss_', run('anyHex', 32)]],
});
