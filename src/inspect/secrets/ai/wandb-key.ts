import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'wandb-key',
  family: 'ai',
  title: 'Weights & Biases API key',
  about: 'API keys of Weights & Biases (`wandb_v1_`)',
  forms: [['wandb_v1_', run('word', 77)]],
});
