import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twitch-client-secret',
  family: 'web',
  title: 'Twitch client secret',
  about: 'Client secrets and tokens of Twitch next to its name',
  names: ['twitch'],
  form: [run('lowerDigit', 30)],
  also: /secret|token/i,
});
