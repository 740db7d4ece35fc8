import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'ifttt-webhook-key',
  family: 'chat',
  title: 'IFTTT webhook key',
  about: 'Keys of IFTTT webhooks next to its name',
  names: ['ifttt'],
  form: [run('base64Url', 22, 43)],
});
