import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'pangea-token',
  family: 'web',
  title: 'Pangea token',
  about: 'Service tokens of Pangea (`pts_`)',
  forms: [['pts_', run('lowerDigit', 26, 60)]],
});
