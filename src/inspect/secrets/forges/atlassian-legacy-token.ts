import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'atlassian-legacy-token',
  family: 'forges',
  title: 'Atlassian API token',
  about: 'Older API tokens of Atlassian, 24 characters, by their name',
  names: ['atlassian', 'confluence', 'jira_', 'jiraApi', 'jiraPat', 'jiraToken'],
  form: [run('alnum', 24)],
});
