import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'tavily-key',
  family: 'ai',
  title: 'Tavily API key',
  about: 'API keys of Tavily (`tvly-`)',
  forms: [[['tvly-', 'tvly-dev-', 'tvly-prod-'], run('alnum', 32)]],
});
