import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'vault-token',
  family: 'forges',
  title: 'HashiCorp Vault token',
  about: 'Service, batch and recovery tokens of HashiCorp Vault (`hvs.`, `hvb.`, `hvr.`)',
  forms: [
    [['hvs.', 'hvr.'], run('base64Url', 90, 120)],
    [['hvs.', 'hvr.'], run('alnum', 24)],
    ['hvb.', run('base64Url', 138, 300)],
  ],
});
