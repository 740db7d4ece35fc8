import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

/** The version of a store (RFC 7292), and after a length the id of its content, in base64. */
const VERSION = 'IBAzCC';
const CONTENT = 'CSqGSIb3DQEHA';

export const rule = defineInfixToken({
  id: 'pkcs12-store',
  version: 1,
  family: 'keys',
  title: 'key store',
  about: 'Stores of certificates and private keys in base64 (PKCS#12, `.p12` and `.pfx`)',
  head: ['MII', run('base64', 3)],
  infix: VERSION,
  tail: [run('base64', 4), CONTENT, run('base64Pad', 200, 8000)],
  judge: () => ({
    confidence: 'plausible',
    reason: 'it has the structure of one, behind a password that is often empty or near',
  }),
});
