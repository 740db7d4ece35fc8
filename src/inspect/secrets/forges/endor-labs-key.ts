import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'endor-labs-key',
  family: 'forges',
  title: 'Endor Labs key',
  about: 'API keys and secrets of Endor Labs (`endr+`)',
  forms: [['endr+', run('dashed', 16)]],
});
