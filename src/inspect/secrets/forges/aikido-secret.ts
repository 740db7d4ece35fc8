import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'aikido-secret',
  family: 'forges',
  title: 'Aikido client secret',
  about: 'Client secrets of Aikido (`AIK_SECRET_`)',
  forms: [['AIK_SECRET_', run('alnum', 64)]],
});
