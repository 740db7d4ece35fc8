import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mintlify-key',
  family: 'chat',
  title: 'Mintlify key',
  about: 'Keys of the administration of Mintlify (`mint_`, `mint_dsc_`)',
  forms: [[['mint_dsc_', 'mint_'], run('alnum', 22, 44)]],
});
