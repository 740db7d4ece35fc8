import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'stability-key',
  family: 'ai',
  title: 'Stability AI API key',
  about: 'API keys of Stability AI, by their name',
  names: ['stability'],
  form: ['sk-', run('alnum', 48)],
});
