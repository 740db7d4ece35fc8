import { signBech32 } from '../../secret-format/key-encodings.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'age-post-quantum-key',
  family: 'keys',
  title: 'age post-quantum secret key',
  about: 'Post-quantum secret keys of age (`AGE-SECRET-KEY-PQ-1`), with the checksum of bech32',
  forms: [['AGE-SECRET-KEY-PQ-1', run('BECH32', 58)]],
  sign: (token) => signBech32(token) ?? '',
});
