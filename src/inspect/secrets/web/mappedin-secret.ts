import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mappedin-secret',
  family: 'web',
  title: 'Mappedin secret',
  about: 'API secrets of Mappedin (`mis_`)',
  forms: [['mis_', run('alnum', 44, 60)]],
});
