import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'freshdesk-api-key',
  family: 'chat',
  title: 'Freshdesk API key',
  about: 'API keys of Freshdesk next to its name',
  names: ['freshdesk'],
  form: [run('alnum', 20)],
});
