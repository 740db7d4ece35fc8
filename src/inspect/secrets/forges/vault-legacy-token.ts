import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'vault-legacy-token',
  family: 'forges',
  title: 'HashiCorp Vault token',
  about: 'Older service tokens of HashiCorp Vault (`s.` and 24 characters), by their name',
  names: ['vault'],
  form: ['s.', run('alnum', 24)],
});
