import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { LOCKED_KEY, WHOLE_KEY } from '../answers.ts';
import { textsOf } from '../define.ts';

const LINES = ['AAAAB3NzaC1yc2EAAAADAQABAAAB', 'Q7x2Lk9vT4mZr8Hs1Wd6Yc3Nf5Jb'];

export const rule: SecretRule = {
  ...textsOf({
    id: 'putty-private-key',
    family: 'keys',
    title: 'PuTTY private key',
    about: 'Private keys of PuTTY (`PuTTY-User-Key-File-2` and `-3`), with a passphrase or without',
  }),
  keywords: ['PuTTY-User-Key-File-'],
  pattern:
    /(?<prefix>PuTTY-User-Key-File-[123]: [a-z0-9@.-]{3,64}(?:\r?\n|\\n)Encryption: (?<cipher>[a-z0-9-]{3,32}))(?<rest>(?:\r?\n|\\n)Comment: [^\r\n\\]{0,200}(?:\r?\n|\\n)Public-Lines: \d{1,3})(?=(?<body>[^\0]{0,6000}?Private-Lines: [1-9]\d{0,2}(?:\r?\n|\\n)[A-Za-z0-9+/=]{20,})?)/y,
  reach: 8192,
  verify: judge,
  examples: {
    bad: [
      { about: 'a key without a passphrase', make: () => exampleFile('none') },
      { about: 'a key with one', make: () => exampleFile('aes256-cbc') },
    ],
    fine: [
      { about: 'the first line in a parser', make: () => 'if (line == "PuTTY-User-Key-File-2: ")' },
    ],
  },
};

function judge({ groups }: SecretMatch): SecretAnswer {
  if (groups['body'] === undefined)
    return { confidence: 'weak', reason: 'its lines are not there' };
  return groups['cipher'] === 'none' ? WHOLE_KEY : LOCKED_KEY;
}

function exampleFile(cipher: string): string {
  return [
    'PuTTY-User-Key-File-3: ssh-rsa',
    `Encryption: ${cipher}`,
    'Comment: rsa-key-20260101',
    'Public-Lines: 1',
    LINES[0],
    'Private-Lines: 1',
    LINES[1],
    '',
  ].join('\n');
}
