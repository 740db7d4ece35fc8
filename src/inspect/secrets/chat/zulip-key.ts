import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'zulip-key',
  family: 'chat',
  title: 'Zulip API key',
  about: 'API keys of Zulip next to its name',
  names: ['zulip'],
  form: [run('alnum', 32)],
});
