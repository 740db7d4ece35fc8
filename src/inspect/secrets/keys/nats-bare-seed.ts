import { signNkey } from '../../secret-format/key-encodings.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'nats-bare-seed',
  family: 'keys',
  title: 'NATS seed',
  about:
    'Seeds of NATS users, accounts and operators (`SUA`, `SAA`, `SOA`) wherever they stand, with the checksum of NKeys',
  // the first byte of 32 begins in the middle of the fourth character
  forms: [[['SUA', 'SAA', 'SOA'], run('aToPCapital', 1), run('base32', 54)]],
  sign: signNkey,
  // without its checksum it is base32 of anything
  judge: () => null,
});
