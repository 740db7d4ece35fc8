import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'nvidia-key',
  family: 'ai',
  title: 'NVIDIA API key',
  about: 'API keys of NVIDIA (`nvapi-`)',
  forms: [['nvapi-', run('base64Url', 60, 70)]],
});
