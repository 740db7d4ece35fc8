import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'together-key',
  family: 'ai',
  title: 'Together AI API key',
  about: 'API keys of Together AI (`tgp_v1_`)',
  forms: [['tgp_v1_', run('base64Url', 43)]],
});
