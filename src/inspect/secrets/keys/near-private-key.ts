import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'near-private-key',
  family: 'keys',
  title: 'NEAR private key',
  about: 'Private keys of NEAR: `ed25519:` and 64 bytes in base58; public ones are half as long',
  forms: [[['ed25519:'], run('base58', 86, 88)]],
});
