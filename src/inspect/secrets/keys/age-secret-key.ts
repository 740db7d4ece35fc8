import { signBech32 } from '../../secret-format/key-encodings.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'age-secret-key',
  family: 'keys',
  title: 'age secret key',
  about: 'Secret keys of age (`AGE-SECRET-KEY-1`), with the checksum of bech32',
  forms: [['AGE-SECRET-KEY-1', run('BECH32', 58)]],
  sign: (token) => signBech32(token) ?? '',
});
