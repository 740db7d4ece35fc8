import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'linear-api-key',
  family: 'chat',
  title: 'Linear API key',
  about:
    'API keys, OAuth tokens and webhook secrets of Linear (`lin_api_`, `lin_oauth_`, `lin_wh_`)',
  forms: [
    ['lin_api_', run('alnum', 40)],
    ['lin_oauth_', run('hex', 64)],
    ['lin_wh_', run('alnum', 20, 48)],
  ],
});
