import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'vault-unseal-key',
  family: 'forges',
  title: 'Vault unseal key',
  about: 'Keys that unseal a Vault, as its start prints them and as commands take them',
  forms: [
    ['Unseal Key ', run('digit', 1, 2), ': ', run('hex', 66)],
    ['Unseal Key ', run('digit', 1, 2), ': ', run('base64', 44)],
    ['operator unseal ', run('base64', 44)],
  ],
});
