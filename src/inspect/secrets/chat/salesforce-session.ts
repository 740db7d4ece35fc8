import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'salesforce-session',
  family: 'chat',
  title: 'Salesforce session',
  about: 'Session ids and access tokens of Salesforce next to its name',
  names: ['salesforce', 'sforce', 'sfdc'],
  form: ['00D', run('alnum', 12), '!', run('dotted', 80, 260)],
  also: /./,
});
