import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'zep-key',
  family: 'ai',
  title: 'Zep key',
  about: 'Project keys of Zep (`z_1dWlkIjoi`)',
  forms: [['z_1dWlkIjoi', run('base64Url', 30, 80), '.', run('base64Url', 40, 120)]],
});
