import { signBech32 } from '../../secret-format/key-encodings.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'nostr-secret-key',
  family: 'keys',
  title: 'Nostr secret key',
  about: 'Secret keys of Nostr (`nsec1`, NIP-19), with the checksum of bech32',
  forms: [['nsec1', run('bech32', 58)]],
  sign: (token) => signBech32(token) ?? '',
});
