import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'kaggle-legacy-key',
  family: 'ai',
  title: 'Kaggle API key',
  about: 'Older API keys of Kaggle, 32 hex digits, by their name',
  names: ['kaggle'],
  form: [run('hex', 32)],
});
