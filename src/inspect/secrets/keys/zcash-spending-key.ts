import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'zcash-spending-key',
  family: 'keys',
  title: 'Zcash spending key',
  about: 'Extended spending keys of Zcash (`secret-extended-key-main1`)',
  forms: [['secret-extended-key-main1', run('bech32', 200, 280)]],
});
