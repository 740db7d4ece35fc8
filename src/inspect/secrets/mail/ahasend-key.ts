import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'ahasend-key',
  family: 'mail',
  title: 'AhaSend key',
  about: 'API keys of AhaSend (`aha-sk-`)',
  forms: [['aha-sk-', run('base64Url', 40, 80)]],
});
