import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'browserbase-key',
  family: 'ai',
  title: 'Browserbase API key',
  about: 'API keys of Browserbase (`bb_live_`)',
  forms: [['bb_live_', run('base64Url', 27)]],
});
