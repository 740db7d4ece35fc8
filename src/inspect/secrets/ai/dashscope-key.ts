import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'dashscope-key',
  family: 'ai',
  title: 'DashScope API key',
  about: 'API keys of DashScope and Qwen, by their name',
  names: ['dashscope', 'qwen_api'],
  form: ['sk-', run('hex', 32)],
});
