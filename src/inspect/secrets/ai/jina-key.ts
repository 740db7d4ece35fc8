import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'jina-key',
  family: 'ai',
  title: 'Jina AI API key',
  about: 'API keys of Jina AI (`jina_`)',
  forms: [['jina_', run('hex', 32), run('base64Url', 28)]],
});
