import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'phabricator-token',
  family: 'forges',
  title: 'Phabricator token',
  about: 'Conduit tokens of Phabricator and Phorge, by their name',
  names: ['phabricator', 'conduit'],
  form: [['api-', 'cli-'], run('lowerDigit', 28)],
});
