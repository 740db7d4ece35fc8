import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'wandb-legacy-key',
  family: 'ai',
  title: 'Weights & Biases API key',
  about: 'Older API keys of Weights & Biases, 40 hex digits, by their name',
  names: ['wandb'],
  form: [run('hex', 40)],
});
