import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'onesignal-rest-key',
  family: 'mail',
  title: 'OneSignal REST key',
  about: 'Older REST keys of OneSignal, base64 of a UUID, next to its name',
  names: ['onesignal', 'one_signal'],
  form: [run('alnum', 48)],
});
