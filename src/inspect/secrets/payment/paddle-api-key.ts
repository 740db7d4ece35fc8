import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'paddle-api-key',
  family: 'payment',
  title: 'Paddle API key',
  about: 'API keys and notification secrets of Paddle (`pdl_`)',
  forms: [
    [
      ['pdl_live_apikey_', 'pdl_sdbx_apikey_'],
      run('lowerDigit', 26),
      '_',
      run('alnum', 22),
      '_',
      run('alnum', 3),
    ],
    ['pdl_ntfset_', run('lowerDigit', 26), '_', run('base64', 32)],
  ],
});
