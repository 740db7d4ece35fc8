import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'fireworks-key',
  family: 'ai',
  title: 'Fireworks AI API key',
  about: 'API keys of Fireworks AI (`fw_`), by their name',
  names: ['fireworks'],
  form: ['fw_', run('alnum', 22, 24)],
});
