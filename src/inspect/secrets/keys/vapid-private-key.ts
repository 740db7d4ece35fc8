import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'vapid-private-key',
  family: 'keys',
  title: 'VAPID key',
  about:
    'Private keys of web push servers (VAPID) next to the name; public ones have 87 characters',
  names: ['vapid'],
  form: [run('base64Url', 43)],
});
