import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'aptos-private-key',
  family: 'keys',
  title: 'Aptos private key',
  about: 'Private keys of Aptos in the form of AIP-80 (`ed25519-priv-0x`)',
  forms: [[['ed25519-priv-0x', 'secp256k1-priv-0x'], run('hex', 64)]],
});
