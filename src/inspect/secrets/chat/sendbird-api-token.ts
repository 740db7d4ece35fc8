import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sendbird-api-token',
  family: 'chat',
  title: 'Sendbird API token',
  about: 'API tokens of Sendbird next to its name',
  names: ['sendbird'],
  form: [run('hex', 40)],
});
