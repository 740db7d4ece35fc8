import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'arcjet-key',
  family: 'clouds',
  title: 'Arcjet key',
  about: 'Keys of sites of Arcjet (`ajkey_`)',
  forms: [['ajkey_', run('lowerDigit', 26)]],
});
