import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'runpod-key',
  family: 'ai',
  title: 'RunPod API key',
  about: 'API keys of RunPod (`rpa_`)',
  forms: [['rpa_', run('upperDigit', 40), run('alnum', 0, 8)]],
});
