import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'shopify-theme-token',
  family: 'payment',
  title: 'Shopify theme access password',
  about: 'Theme access passwords of Shopify (`shptka_`)',
  forms: [['shptka_', run('anyHex', 32)]],
});
