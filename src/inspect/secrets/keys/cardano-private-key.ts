import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cardano-private-key',
  family: 'keys',
  title: 'Cardano private key',
  about: 'Signing keys of Cardano (`addr_xsk1`, `ed25519_sk1` and their like)',
  forms: [
    [['root_xsk1', 'acct_xsk1', 'addr_xsk1', 'stake_xsk1'], run('bech32', 150, 170)],
    [['ed25519_sk1', 'ed25519e_sk1'], run('bech32', 56, 116)],
  ],
});
