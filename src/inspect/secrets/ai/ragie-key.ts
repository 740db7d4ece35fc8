import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'ragie-key',
  family: 'ai',
  title: 'Ragie API key',
  about: 'API keys of Ragie (`tnt_` and two parts)',
  forms: [['tnt_', run('base64Url', 11), '_', run('alnum', 48)]],
});
