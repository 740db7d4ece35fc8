import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'bitbucket-oauth-secret',
  family: 'forges',
  title: 'Bitbucket OAuth secret',
  about: 'Secrets of OAuth consumers at Bitbucket, by their name',
  names: ['bitbucket'],
  form: [run('base64Url', 32)],
  also: /secret/i,
});
