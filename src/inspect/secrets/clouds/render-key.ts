import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'render-key',
  family: 'clouds',
  title: 'Render API key',
  about: 'API keys of Render (`rnd_`)',
  forms: [['rnd_', run('alnum', 32)]],
});
