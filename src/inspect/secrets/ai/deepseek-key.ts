import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'deepseek-key',
  family: 'ai',
  title: 'DeepSeek API key',
  about: 'API keys of DeepSeek, by their name',
  names: ['deepseek'],
  form: ['sk-', run('hex', 32)],
});
