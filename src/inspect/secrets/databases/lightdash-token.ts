import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'lightdash-token',
  family: 'databases',
  title: 'Lightdash token',
  about: 'Personal tokens of Lightdash (`ldpat_`)',
  forms: [['ldpat_', run('alnum', 24, 64)]],
});
