import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'bitbucket-client-secret',
  family: 'forges',
  title: 'Bitbucket client secret',
  about: 'Client secrets of Bitbucket next to the name',
  names: ['bitbucket'],
  form: [run('base64Url', 64)],
});
