import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

const ID = '0f3a9c';

export const rule: SecretRule = {
  ...textsOf({
    id: 'google-service-account',
    family: 'clouds',
    title: 'Google service account key',
    about: 'Key files of Google service accounts: the id of the key with its private key after it',
    mend: 'Delete the key of the service account now, then remove the file; use workload identity in CI',
  }),
  keywords: ['private_key_id'],
  pattern:
    /(?<prefix>private_key_id\\?"\s{0,8}:\s{0,8}\\?")(?<id>[0-9a-f]{40})(?=\\?",(?:\s|\\n){0,40}\\?"private_key\\?"\s{0,8}:\s{0,8}\\?"-----BEGIN (?:RSA )?PRIVATE KEY-----(?:\\+n)?(?<body>[A-Za-z0-9+/]{16}))/y,
  reach: 320,
  verify({ groups }) {
    return looksRandom(groups['id'] ?? '', 16) && looksRandom(groups['body'] ?? '', 64)
      ? { confidence: 'plausible', reason: 'its private key begins after it' }
      : PLACEHOLDER;
  },
  examples: {
    bad: [{ about: 'a key file', make: () => example(sampleOf([run('hex', 40)], ID)) }],
    fine: [
      { about: 'the id without a key', make: () => `"private_key_id": "${'0'.repeat(40)}"` },
      { about: 'a template', make: () => example('<id>') },
    ],
  },
};

function example(id: string): string {
  const begin = `${'-'.repeat(5)}BEGIN PRIVATE KEY${'-'.repeat(5)}`;
  const body = sampleOf([run('base64', 64)], `${ID}.`);
  return `{"type": "service_account",\n "private_key_id": "${id}",\n "private_key": "${begin}\\n${body}\\n"}`;
}
