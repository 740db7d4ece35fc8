import { crc32 } from 'node:zlib';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'confluent-secret',
  family: 'observability',
  title: 'Confluent secret',
  about: 'API secrets of Confluent Cloud (`cflt`), with the checksum that they end in',
  forms: [['cflt', run('base64', 60)]],
  sign: signConfluent,
});

/** The last six characters are the CRC-32 of the 54 after the prefix, lowest byte first, in base64. */
function signConfluent(token: string): string {
  const body = token.slice(4, 58);
  const check = Buffer.alloc(4);
  check.writeUInt32LE(crc32(body));
  return `cflt${body}${check.toString('base64').slice(0, 6)}`;
}
