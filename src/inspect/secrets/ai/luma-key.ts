import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'luma-key',
  family: 'ai',
  title: 'Luma key',
  about: 'API keys of Luma (`luma-` and two UUIDs)',
  forms: [['luma-', run('hex', 8), '-', run('dashed', 64)]],
});
