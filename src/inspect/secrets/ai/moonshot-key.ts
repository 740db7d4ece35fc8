import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'moonshot-key',
  family: 'ai',
  title: 'Moonshot API key',
  about: 'API keys of Moonshot and Kimi, by their name',
  names: ['moonshot', 'kimi_'],
  form: ['sk-', run('alnum', 48)],
});
