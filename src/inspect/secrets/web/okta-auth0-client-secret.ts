import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'okta-auth0-client-secret',
  family: 'web',
  title: 'Auth0 client secret',
  about: 'Client secrets of Auth0 next to its name',
  names: ['auth0'],
  form: [run('base64Url', 64)],
  also: /secret/i,
});
