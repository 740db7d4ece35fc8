import { crc32 } from 'node:zlib';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'grafana-service-account-token',
  family: 'observability',
  title: 'Grafana service account token',
  about: 'Service account tokens of Grafana (`glsa_`), with the checksum that they end in',
  forms: [['glsa_', run('alnum', 32), '_', run('hex', 8)]],
  sign: signGrafana,
});

/** The last eight digits are the CRC-32 of the 37 characters before the underscore, lowest byte first. */
function signGrafana(token: string): string {
  const body = token.slice(0, 37);
  const check = Buffer.alloc(4);
  check.writeUInt32LE(crc32(body));
  return `${body}_${check.toString('hex')}`;
}
