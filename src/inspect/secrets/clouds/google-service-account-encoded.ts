import { decodeBase64Loosely } from '../../secret-format/token-checksum.ts';
import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** Base64 of `{"type": "service_account"`, compact and with the usual line ends and indents. */
const STARTS = [
  '{"type":"service_account"',
  '{"type": "service_account"',
  '{\n  "type": "service_account"',
]
  .map((text) => Buffer.from(text).toString('base64'))
  .map((text) => text.slice(0, 32));

export const rule = defineToken({
  id: 'google-service-account-encoded',
  family: 'clouds',
  title: 'Google service account key in base64',
  about: 'Key files of Google service accounts in base64, as variables of pipelines hold them',
  mend: 'Delete the key of the service account now, then remove it from the package; use workload identity in CI',
  forms: [[STARTS, run('base64Pad', 400, 6000)]],
  complete: (sample) =>
    sample.slice(0, 32) +
    Buffer.from(`"private_key_id":"${'0a1b'.repeat(10)}","private_key":"${'k'.repeat(300)}"`)
      .toString('base64')
      .slice(0, 440),
  judge: (token) =>
    decodeBase64Loosely(token.slice(0, token.length - (token.length % 4)))?.includes(
      '"private_key"',
    )
      ? { confidence: 'proven', reason: 'it decodes to a key file' }
      : { confidence: 'plausible', reason: 'it starts as a key file' },
});
