import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'replicate-token',
  family: 'ai',
  title: 'Replicate API token',
  about: 'API tokens of Replicate (`r8_` and 37 characters)',
  forms: [['r8_', run('alnum', 37)]],
});
