import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twilio-auth-token',
  family: 'chat',
  title: 'Twilio auth token',
  about: 'Auth tokens and key secrets of Twilio next to its name',
  names: ['twilio'],
  form: [run('alnum', 32)],
  also: /auth|secret/i,
});
