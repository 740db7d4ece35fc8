import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'rocketchat-token',
  family: 'chat',
  title: 'Rocket.Chat token',
  about: 'Personal tokens of Rocket.Chat next to its name',
  names: ['rocketchat', 'rocket_chat'],
  form: [run('base64Url', 43)],
});
