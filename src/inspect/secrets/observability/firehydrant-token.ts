import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'firehydrant-token',
  family: 'observability',
  title: 'FireHydrant token',
  about: 'Tokens of bots of FireHydrant (`fhb-`)',
  forms: [['fhb-', run('hex', 32, 40)]],
});
