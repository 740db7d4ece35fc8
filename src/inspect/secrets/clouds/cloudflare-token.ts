import { crc32Hex } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cloudflare-token',
  family: 'clouds',
  title: 'Cloudflare API token',
  about:
    'Global keys, user and account tokens of Cloudflare (`cfk_`, `cfut_`, `cfat_`), with their checksum',
  forms: [[['cfk_', 'cfut_', 'cfat_'], run('alnum', 40), run('hex', 8)]],
  sign: (token) => token.slice(0, -8) + crc32Hex(token.slice(-48, -8)),
});
