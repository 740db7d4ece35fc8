import { crc32Hex } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'bitbucket-app-password',
  family: 'forges',
  title: 'Bitbucket app password',
  about: 'App passwords of Bitbucket (`ATBB`), with their checksum',
  forms: [['ATBB', run('alnum', 24), run('HEX', 8)]],
  sign: (token) => token.slice(0, -8) + crc32Hex(token.slice(0, -8)).toUpperCase(),
});
