import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'zendesk-token',
  family: 'chat',
  title: 'Zendesk token',
  about: 'API tokens of Zendesk next to its name',
  names: ['zendesk'],
  form: [run('alnum', 40)],
});
