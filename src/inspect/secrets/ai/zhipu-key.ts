import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'zhipu-key',
  family: 'ai',
  title: 'Z.ai API key',
  about: 'API keys of Z.ai and Zhipu, by their name',
  names: ['zhipu', 'zai_api', 'zaiApi', 'glm_api'],
  form: [run('hex', 32), '.', run('alnum', 16)],
});
