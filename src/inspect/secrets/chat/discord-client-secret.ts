import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'discord-client-secret',
  family: 'chat',
  title: 'Discord client secret',
  about: 'Client secrets of Discord applications next to its name',
  names: ['discord'],
  form: [run('base64Url', 32)],
  also: /secret/i,
});
