import { defineNamedValue } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'webex-token',
  family: 'chat',
  title: 'Webex token',
  about: 'Access and bot tokens of Webex next to its name',
  names: ['webex'],
  form: [run('base64Url', 64), '_', run('alnum', 4), '_', ...UUID_PARTS],
});
