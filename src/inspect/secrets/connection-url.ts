/** Makes rules for addresses of databases and servers that hold a password. */

import { unlessExample } from '../look-alikes/example-context.ts';
import { isPlaceholder } from '../look-alikes/randomness.ts';
import { looksGenerated, surpriseOf } from '../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../rule.ts';
import { type Definition, textsOf } from './define.ts';
import { hasChecksum } from './loose-value.ts';
import { escapePattern, run, sampleOf } from './token-form.ts';

/** An address with user and password; `schemes` as they are written before `://`. */
export interface ConnectionDefinition extends Definition {
  readonly schemes: readonly string[];
  /** A token may stand alone where user and password do. */
  readonly hasTokens?: boolean;
}

const EXAMPLE_PASSWORD = ['q7Vx', 'T2mK', '9sLw', 'Zr4B'].join('');
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
      match.groups['user'] === undefined ? judgeToken(match) : judgeConnection(match),
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
          make: () => `connect("${scheme}://app:${EXAMPLE_PASSWORD}@${EXAMPLE_HOST}:9999/main")`,
        },
        {
          about: 'an address in braces',
          make: () => `<id>{${scheme}://app:${EXAMPLE_PASSWORD}@${EXAMPLE_HOST}}</id>`,
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

/** Fewest characters of a token in place of a user. */
const TOKEN_LENGTH = 20;

/** A token that stands alone; those of 32 hexadecimal digits are public keys, with which pages send
 * reports of errors. */
function judgeToken(match: SecretMatch): SecretAnswer | null {
  const { password = '', host = '' } = match.groups;
  if (password.length < TOKEN_LENGTH || hasChecksum(password) || isPlaceholder(password))
    return null;
  if (!/^[A-Za-z0-9_.~-]+$/.test(password) || /^[0-9a-f]{32}$/i.test(password)) return null;
  if (!looksGenerated(password) || VARIABLE.test(host) || !host.includes('.')) return null;
  return NEAR.test(host) ? AT_HOME : unlessExample(TOKEN, match);
}

const TOKEN: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where whoever asks says who he is, and looks random',
};

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
    if (byte === AT && place - at >= TOKEN_LENGTH) return true;
    if (NO_USER.has(byte)) return false;
  }
  return false;
}

const VARIABLE = /[${}]|^\d{1,5},|^%[a-z(]|^<|^\[|^:|^\*|^\.{2}/i;
const WORDS =
  /^(?:(?:my|your|the|some|db|super|user|admin|root|test)?[_-]?(?:p(?:ass|w)(?:word|wd|phrase|d)?|secret|key|token|user(?:name)?|admin|root|guest|test|foo|bar|baz|example|sample|changeme|default|docker|postgres(?:ql)?|mysql|mongo(?:db)?|redis|hunter2|letmein|name|auth|credentials?|[a-z]{1,3}|[x*#.]+|\d{1,8}))\d{0,4}!?$/i;
const NEAR =
  /^(?:\[|localhost|127\.|0\.0\.0\.0|.*\.(?:localhost|test|example|invalid)(?::\d+)?$|(?:host(?:name)?|server|example)(?::\d+)?$|(?:.*\.)?(?:example|domain|myhost|server|host)\.[a-z]{2,4}(?::\d+)?$)/i;
/** Machines of one network, by address or by a name without dots: what opens them is a secret if
 * nobody made it up for an example. */
const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[^.]+(?::\d+)?$|.*\.(?:local|internal)(?::\d+)?$)/i;

/** What a match of user, password and host is worth; null for variables and examples. */
export function judgeConnection(match: SecretMatch): SecretAnswer | null {
  const { groups } = match;
  const { user = '', password = '' } = groups;
  const host = hostOf(groups['host'] ?? '');
  if (VARIABLE.test(password) || VARIABLE.test(host)) return null;
  // what GitHub takes for a password where the token is the user
  if (password === 'x-oauth-basic') {
    return judgeToken({ ...match, groups: { ...groups, password: user } });
  }
  const isPrivate = PRIVATE.test(host);
  const isNear = NEAR.test(host);
  const isWord = WORDS.test(password) || password.toLowerCase() === user.toLowerCase();
  if (isWord || isPlaceholder(password)) {
    return isNear || isPrivate || isPlaceholder(host)
      ? null
      : { confidence: 'weak', reason: 'its password looks like a placeholder' };
  }
  if (isNear) return AT_HOME;
  const plain = decodePercent(password);
  if (looksGenerated(plain) || (!isPrivate && isMixed(plain))) {
    return unlessExample(HELD, match);
  }
  return isPrivate ? AT_HOME : { confidence: 'weak', reason: 'its password reads like a word' };
}

/** A brace that closes what the address stands in is no part of it: `{https://user:password@host}`. */
function hostOf(text: string): string {
  const end = text.indexOf('}');
  return end === -1 || text.lastIndexOf('{', end) !== -1 ? text : text.slice(0, end);
}

const AT_HOME: SecretAnswer = {
  confidence: 'weak',
  reason: 'it leads to a machine near the reader',
};
const HELD: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it holds a password for a named host',
};

/** As people choose passwords when they must: ten characters, three kinds of them; or letters that
 * chance made. */
function isMixed(password: string): boolean {
  if (
    password.length >= 12 &&
    /^(?=.*[a-z])(?=.*[A-Z])/.test(password) &&
    surpriseOf(password) >= 6.3
  ) {
    return true;
  }
  if (/^[a-z]{16,40}$/.test(password)) return surpriseOf(password) >= 5.6;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];
  return password.length >= 10 && kinds.filter((kind) => kind.test(password)).length >= 3;
}

function decodePercent(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
