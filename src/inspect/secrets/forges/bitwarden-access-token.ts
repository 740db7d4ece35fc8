import { defineNamedValue } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'bitwarden-access-token',
  family: 'forges',
  title: 'Bitwarden machine account token',
  about: 'Access tokens of the Bitwarden secrets manager, by their name',
  names: ['bws_access', 'bwsAccess', 'bitwarden'],
  form: ['0.', ...UUID_PARTS, '.', run('alnum', 30), ':', run('base64Pad', 22, 26)],
});
