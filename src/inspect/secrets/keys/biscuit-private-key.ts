import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'biscuit-private-key',
  family: 'keys',
  title: 'Biscuit private key',
  about: 'Private keys that make tokens of Biscuit (`ed25519-private/`)',
  forms: [[['ed25519-private/', 'secp256r1-private/'], run('hex', 64)]],
});
