import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mixedbread-key',
  family: 'ai',
  title: 'Mixedbread API key',
  about: 'API keys of Mixedbread (`mxb_`)',
  forms: [['mxb_', run('alnum', 28)]],
});
