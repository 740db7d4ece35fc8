import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'ollama-key',
  family: 'ai',
  title: 'Ollama API key',
  about: 'API keys of Ollama, by their name',
  names: ['ollama'],
  form: [run('hex', 32), '.', run('base64Url', 24)],
});
