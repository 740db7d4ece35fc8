import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'murf-key',
  family: 'ai',
  title: 'Murf key',
  about: 'API keys of Murf (`ap2_` and a UUID)',
  forms: [['ap2_', ...UUID_PARTS]],
});
