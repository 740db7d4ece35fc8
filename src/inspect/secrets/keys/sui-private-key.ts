import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'sui-private-key',
  family: 'keys',
  title: 'Sui private key',
  about: 'Private keys of Sui (`suiprivkey1`)',
  forms: [['suiprivkey1', run('bech32', 58, 60)]],
});
