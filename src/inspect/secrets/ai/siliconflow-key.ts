import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'siliconflow-key',
  family: 'ai',
  title: 'SiliconFlow API key',
  about: 'API keys of SiliconFlow, by their name',
  names: ['siliconflow', 'siliconcloud'],
  form: ['sk-', run('lower', 48)],
});
