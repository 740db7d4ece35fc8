import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'airtable-api-key',
  family: 'chat',
  title: 'Airtable API key',
  about: 'Older API keys of Airtable (`key`) next to its name',
  names: ['airtable'],
  form: ['key', run('alnum', 14)],
  also: /./,
});
