/** Makes rules for addresses of databases and servers that hold a password. */

import type { SecretRule } from '../rule.ts';
import { type Definition, textsOf } from './define.ts';
import { judgeLogin, judgeLoneToken, LONE_TOKEN_LENGTH } from './login.ts';
import { SAMPLE_PASSWORD } from './sample-password.ts';
import { escapePattern, run, sampleOf } from './token-form.ts';

/** An address with user and password; `schemes` as they are written before `://`. */
export interface ConnectionDefinition extends Definition {
  readonly schemes: readonly string[];
  /** A token may stand alone where user and password do. */
  readonly hasTokens?: boolean;
}

const EXAMPLE_HOST = 'pg7.q4zk.io';

/** A rule for `scheme://user:password@host`. */
export function defineConnection(definition: ConnectionDefinition): SecretRule {
  const { schemes, hasTokens = false } = definition;
  const source = schemes.map(escapePattern).join('|');
  const scheme = schemes[0] ?? '';
  return {
    ...textsOf({ version: 6, ...definition }),
    keywords: schemes.map((one) => `${one}://`),
    pattern: new RegExp(
      `(?<prefix>(?:${source})://(?:(?<user>[^\\s:/'"\`<>]{0,${USER_LENGTH}}):)${hasTokens ? '?' : ''})(?<password>[^\\s@/'"\`<>]{1,256})@(?<host>[^\\s/'"\`<>?#,;)\\]]{1,255})`,
      'y',
    ),
    mayFit,
    reach: 700,
    verify: (match) =>
      match.groups['user'] === undefined ? judgeLoneToken(match) : judgeLogin(match),
    examples: {
      bad: [
        ...(hasTokens
          ? [
              {
                about: 'a token in place of a user',
                make: () =>
                  `git clone ${scheme}://${sampleOf([run('alnum', 32)], scheme)}@${EXAMPLE_HOST}/a/b.git`,
              },
              {
                about: 'a token as the user of what GitHub takes for a password',
                make: () =>
                  `"${scheme}://${sampleOf([run('hex', 40)], scheme)}:x-oauth-basic@${EXAMPLE_HOST}/a/b.git"`,
              },
            ]
          : []),
        {
          about: 'an address in code',
          make: () => `connect("${scheme}://app:${SAMPLE_PASSWORD}@${EXAMPLE_HOST}:9999/main")`,
        },
        {
          about: 'an address in braces',
          make: () => `<id>{${scheme}://app:${SAMPLE_PASSWORD}@${EXAMPLE_HOST}}</id>`,
        },
      ],
      noted: [
        {
          about: 'a word with a character of addresses in it',
          make: () => `${scheme}://bob%40main:a%20secret@${EXAMPLE_HOST}:9999/main`,
        },
      ],
      fine: [
        {
          about: 'a variable for the password',
          make: () => `url = "${scheme}://app:${'$'}{PASSWORD}@${EXAMPLE_HOST}/main"`,
        },
        {
          about: 'an example on this machine',
          make: () => `${scheme}://user:password@localhost:9999/main`,
        },
        ...(hasTokens
          ? [
              {
                about: 'the public key of a DSN',
                make: () =>
                  `${scheme}://${sampleOf([run('hex', 32)], scheme)}@o1.ingest.${EXAMPLE_HOST}/4`,
              },
              {
                about: 'a name that a package has in an address',
                make: () => `${scheme}://a-name-of-somebody-long@${EXAMPLE_HOST}/a.git`,
              },
            ]
          : []),
        { about: 'an address without a password', make: () => `${scheme}://${EXAMPLE_HOST}/main` },
      ],
    },
  };
}

/** Longest user that is read. */
const USER_LENGTH = 96;
const [COLON, BACKSLASH, AT] = [0x3a, 0x5c, 0x40];
const NO_USER: ReadonlySet<number> = new Set(Buffer.from(' \t\n\r/\'"`<>'));

/** Whether a colon ends what begins as a user does, or an at sign what may be a token: in nearly all
 * addresses a slash ends the host. */
function mayFit(content: Uint8Array, at: number): boolean {
  const end = Math.min(content.length, at + USER_LENGTH + 1);
  for (let place = at; place < end; place += 1) {
    const byte = content[place] ?? 0;
    if (byte === COLON || byte === BACKSLASH) return true;
    // a user may be an address of mail
    if (byte === AT && place - at >= LONE_TOKEN_LENGTH) return true;
    if (NO_USER.has(byte)) return false;
  }
  return false;
}
