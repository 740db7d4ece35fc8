import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'lichess-token',
  family: 'web',
  title: 'Lichess access token',
  about: 'Personal access tokens of Lichess (`lip_`)',
  forms: [['lip_', run('alnum', 20)]],
});
