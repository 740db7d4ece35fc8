import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'chutes-key',
  family: 'ai',
  title: 'Chutes API key',
  about: 'API keys of Chutes (`cpk_` and three parts)',
  forms: [['cpk_', run('hex', 32), '.', run('hex', 32), '.', run('alnum', 32)]],
});
