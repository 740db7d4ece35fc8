import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gc-notify-api-key',
  family: 'mail',
  title: 'GC Notify API key',
  about: 'API keys of the notification service of Canada (`gcntfy-`)',
  forms: [['gcntfy-', run('base64Url', 75, 140)]],
});
