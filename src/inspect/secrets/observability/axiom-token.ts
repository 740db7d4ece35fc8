import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'axiom-token',
  family: 'observability',
  title: 'Axiom token',
  about: 'API and personal tokens of Axiom (`xaat-`, `xapt-`)',
  forms: [[['xaat-', 'xapt-'], ...UUID_PARTS]],
});
