import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'airtable-access-token',
  family: 'chat',
  title: 'Airtable access token',
  about: 'Personal access tokens of Airtable next to its name',
  names: ['airtable'],
  form: ['pat', run('alnum', 14), '.', run('hex', 64)],
  also: /./,
});
