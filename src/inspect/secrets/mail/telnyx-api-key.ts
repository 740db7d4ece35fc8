import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'telnyx-api-key',
  family: 'mail',
  title: 'Telnyx API key',
  about: 'API keys of Telnyx (`KEY0`)',
  forms: [['KEY0', run('HEX', 31), '_', run('alnum', 22)]],
});
