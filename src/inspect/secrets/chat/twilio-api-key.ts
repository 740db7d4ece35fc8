import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twilio-api-key',
  family: 'chat',
  title: 'Twilio API key',
  about: 'API keys of Twilio (`SK`) next to its name',
  names: ['twilio'],
  form: ['SK', run('hex', 32)],
  also: /./,
});
