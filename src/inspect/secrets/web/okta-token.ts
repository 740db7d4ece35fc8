import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'okta-token',
  family: 'web',
  title: 'Okta token',
  about: 'API tokens of Okta next to its name',
  names: ['okta'],
  form: ['00', run('base64Url', 40)],
});
