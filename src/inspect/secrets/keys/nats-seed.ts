import { signNkey } from '../../secret-format/key-encodings.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

const BEGIN = ['-----BEGIN USER NKEY SEED-----', '------BEGIN USER NKEY SEED------'];
const SEED_LENGTH = 58;

export const rule = defineToken({
  id: 'nats-seed',
  family: 'keys',
  title: 'NATS seed',
  about: 'Seeds of NATS users in credentials files, with the checksum of NKeys',
  forms: [[BEGIN, ['\n', '\r\n', '\\n'], 'SU', run('base32', SEED_LENGTH - 2)]],
  sign: (token) => `${token.slice(0, -SEED_LENGTH)}${signNkey(token.slice(-SEED_LENGTH)) ?? ''}`,
});
