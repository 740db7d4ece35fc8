import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'lightspeed-token',
  family: 'payment',
  title: 'Lightspeed personal token',
  about: 'Personal tokens of Lightspeed Retail (`lsxs_pt_`)',
  forms: [['lsxs_pt_', run('alnum', 32)]],
});
