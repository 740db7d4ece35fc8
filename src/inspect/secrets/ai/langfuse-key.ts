import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'langfuse-key',
  family: 'ai',
  title: 'Langfuse secret key',
  about: 'Secret keys of Langfuse (`sk-lf-`)',
  forms: [['sk-lf-', ...UUID_PARTS]],
});
