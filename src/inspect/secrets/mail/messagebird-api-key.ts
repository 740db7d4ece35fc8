import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'messagebird-api-key',
  family: 'mail',
  title: 'MessageBird API key',
  about: 'Access keys of MessageBird next to its name',
  names: ['messagebird', 'message_bird'],
  form: [run('alnum', 25)],
});
