import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'llama-cloud-key',
  family: 'ai',
  title: 'LlamaCloud API key',
  about: 'API keys of LlamaCloud (`llx-`)',
  forms: [['llx-', run('alnum', 48)]],
});
