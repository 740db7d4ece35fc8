import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'together-legacy-key',
  family: 'ai',
  title: 'Together AI API key',
  about: 'Older API keys of Together AI, 64 hex digits, by their name',
  names: ['together_api', 'together_ai', 'togetherApi', 'togetherAi'],
  form: [run('hex', 64)],
});
