import { crc32 } from 'node:zlib';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'zuplo-api-key',
  family: 'observability',
  title: 'Zuplo API key',
  about: 'API keys that Zuplo gateways give out (`zpka_`), with the checksum that they end in',
  forms: [['zpka_', run('hex', 32), '_', run('hex', 8)]],
  sign: signZuplo,
});

/** The last eight digits are the CRC-32 of the body. */
function signZuplo(token: string): string {
  const body = token.slice(5, 37);
  return `zpka_${body}_${crc32(body).toString(16).padStart(8, '0')}`;
}
