import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'azure-devops-legacy-token',
  family: 'forges',
  title: 'Azure DevOps token',
  about: 'Older personal access tokens of Azure DevOps, 52 characters, by their name',
  names: ['azure_devops', 'azureDevops', 'vsce_pat', 'system_accesstoken'],
  form: [run('base32Lower', 52)],
  also: /./,
});
