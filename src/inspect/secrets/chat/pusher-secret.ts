import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pusher-secret',
  family: 'chat',
  title: 'Pusher secret',
  about: 'Application secrets of Pusher next to its name',
  names: ['pusher'],
  form: [run('hex', 20)],
  also: /secret/i,
});
