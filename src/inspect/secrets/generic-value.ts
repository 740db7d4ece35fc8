/** Makes rules for values that nothing but a common name and their own randomness gives away. */

import { isOfAccount } from '../look-alikes/account-context.ts';
import { isShownByBundle } from '../look-alikes/bundle-context.ts';
import { isDomainProof } from '../look-alikes/domain-proof.ts';
import { unlessExample } from '../look-alikes/example-context.ts';
import { isPublicName } from '../look-alikes/public-name.ts';
import { areCounted, isPlaceholder, looksRandom } from '../look-alikes/randomness.ts';
import { looksGenerated } from '../look-alikes/surprise.ts';
import { answerByRole } from '../look-alikes/value-role.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../rule.ts';
import { byteTable } from '../search/byte-table.ts';
import { decodeBase32 } from '../secret-format/key-encodings.ts';
import { BUNDLED, NAMED } from './answers.ts';
import { ASSIGNMENT } from './assignment.ts';
import { createWholeValueCheck } from './assignment-check.ts';
import { isChosen, isOfOwner, isTyped, isTypedByOwner, PASSWORD_NAME } from './chosen-password.ts';
import { type Definition, textsOf } from './define.ts';
import { hasChecksum } from './loose-value.ts';
import { camel, keywordsOfNames, lastNames, spellings } from './name-spelling.ts';
import { createStepPattern } from './step-pattern.ts';
import { escapePattern, run, sampleOf, UUID_PARTS } from './token-form.ts';
import { isWholeValue } from './value-end.ts';

/** Words that names of secrets hold, in small letters with `_` between them: `api_key`. */
export interface GenericDefinition extends Definition {
  readonly words: readonly string[];
  /** Words that only count at the end of a longer name: `token` of `vendorToken`; looked for with
   * what follows a name, since alone they stand everywhere. */
  readonly lastWords?: readonly string[];
  /** Fewest characters of a value; sixteen when left out. */
  readonly least?: number;
}

/** Most characters of a value: tokens of sessions have some hundreds. */
const MOST = 1000;

const SAMPLE = [run('alnum', 32)];
/** Bytes that are counted, and in base32. */
const COUNTED = String.fromCharCode(...Array.from({ length: 32 }, (_, at) => at));
const COUNTED_32 = ['SAAQEAYEAUDAOCAJBIFQ', 'YDIOB4IBCEQTCQKRMFYYDENBWHA5'].join('');
const MINIFIED = 'function a(e,t){return e&&t?e.b(t):void 0};'.repeat(8);

/** A rule for `name = "value"` in code and `NAME=value` in configuration. */
export function defineGenericValue(definition: GenericDefinition): SecretRule {
  const { words, lastWords = [], least = 16, id } = definition;
  const inner = [...new Set(words.flatMap(spellings))];
  const last = lastNames(lastWords);
  const keywords = keywordsOfNames(inner, last);
  const source = [
    `(?:${inner.map(escapePattern).join('|')})[A-Za-z0-9_.-]{0,24}`,
    ...last.map(escapePattern),
  ].join('|');
  const word = words[0] ?? `vendor_${(lastWords[0] ?? '').replace('_', '')}`;
  return {
    ...textsOf({ version: 12, ...definition }),
    keywords,
    pattern: createStepPattern(
      new RegExp(`(?<name>${source})`, 'y'),
      ASSIGNMENT,
      new RegExp(`(?<value>[A-Za-z0-9+/=_.~!@#%^*?$:|-]{${least},${MOST}})`, 'y'),
    ),
    mayFit: createWholeValueCheck(least, MOST, mayBeSecret),
    reach: MOST + 120,
    isGeneric: true,
    verify: judgeGeneric,
    examples: {
      bad: [
        {
          about: 'a value in code',
          make: () => `const ${camel(word)} = "${sampleOf(SAMPLE, id)}";\n`,
        },
        {
          about: 'what a variable of the environment is by default, in a bundle',
          make: () =>
            `${MINIFIED}var o=import.meta.env.APP_${word.toUpperCase()}||"${sampleOf(SAMPLE, `${id}:`)}";${MINIFIED}`,
        },
        {
          about: 'an environment variable',
          make: () => `\nAPP_${word.toUpperCase()}=${sampleOf(SAMPLE, `${id}.`)}\n`,
        },
      ],
      noted: [
        {
          about: 'in a fence of Markdown',
          make: () => `Settings:\n\n\`\`\`js\n${camel(word)} = '${sampleOf(SAMPLE, id)}'\n\`\`\`\n`,
        },
        {
          about: 'beside an id of documentation',
          make: () => `{ id: "ABCDE1234EXAMPLE", ${camel(word)}: "${sampleOf(SAMPLE, id)}" }`,
        },
        {
          about: 'of a test vector',
          make: () => {
            const [key, other] = ['k', 'o'].map((seed) =>
              sampleOf([run('hex', 64)], `${id}${seed}`),
            );
            return `${word.toUpperCase()}: ${key}\nNONCE: 00\nAD: ${other}\nCT: ${other}\nTAG: 01\n`;
          },
        },
        {
          about: 'an answer that a test expects',
          make: () => `expect(made).toEqual({\n  ${camel(word)}: "${sampleOf(SAMPLE, id)}",\n});`,
        },
        {
          about: 'of the picture of a state',
          make: () =>
            `<img src="https://ci.q4zk.io/agent.svg?style=flat&circle-${word.replaceAll('_', '-')}=${sampleOf([run('hex', 40)], id)}">`,
        },
        {
          about: 'in the manual of a module of Python',
          make: () =>
            `DOCUMENTATION = r"""\n- name: remove\n  a.b.c:\n    ${word}: ${sampleOf(SAMPLE, id)}\n`,
        },
      ],
      fine: [
        { about: 'words', make: () => `${camel(word)}: "please-enter-it-again-here"` },
        { about: 'a placeholder', make: () => `${word}="your-${word}-goes-here-1234"` },
        {
          about: 'base64 of words in several lines',
          make: () => `${word}="${toBase64('What is said here\nis no key,\nbut a few words.\n')}"`,
        },
        {
          about: 'bytes that are counted, in base64',
          make: () => `${word}="${toBase64(COUNTED)}"`,
        },
        {
          about: 'bytes that are counted, in base32',
          make: () => `${word}="${COUNTED_32}"`,
        },
        {
          about: 'the argument of a function that asks about it',
          make: () => `assert _looks_like_${word}("${sampleOf([run('alnum', 32)], id)}") is True`,
        },
        {
          about: 'the address of a program, got by its name',
          make: () => `programs.getPublicKey('spl_${word}', '${sampleOf([run('alnum', 43)], id)}')`,
        },
        { about: 'a variable', make: () => `${word.toUpperCase()}=${'$'}{SOME_VALUE_OF_1234567}` },
        { about: 'a call', make: () => `${camel(word)} = createHmac256Of1A2b3C4d5E6f(seed)` },
        {
          about: 'a value whose middle is left out',
          make: () =>
            `${word}=${sampleOf(SAMPLE, id).slice(0, 20)}...${sampleOf(SAMPLE, id).slice(8)}`,
        },
        {
          about: 'a UUID after a letter',
          make: () => `${word}: T-${sampleOf(UUID_PARTS, id)}`,
        },
        {
          about: 'a signature',
          make: () => `${camel(word)}Sig = "${sampleOf([run('hex', 32)], id)}"`,
        },
        {
          about: 'words before a few random characters',
          make: () => `${camel(word)}: 'preview_${sampleOf([run('lowerDigit', 10)], id)}'`,
        },
        {
          about: 'the token of a challenge of ACME',
          make: () => `challenges.HTTP01(token=b"${sampleOf(SAMPLE, id)}")`,
        },
        {
          about: 'the public key of a DSN, in an address',
          make: () => `"/api/1/envelope/?sentry_key=${sampleOf([run('hex', 32)], id)}"`,
        },
        {
          about: 'an address of a chain',
          make: () => `${camel(word)}: "0x${sampleOf([run('hex', 40)], id)}"`,
        },
        {
          about: 'the hash of a password, and whose it is',
          make: () => `${word}: "alice:$2y$05$${sampleOf([run('alnum', 53)], id)}"`,
        },
        {
          about: 'the mint of a token of a chain',
          make: () => `"solana:pay?spl-token=${sampleOf([run('alnum', 44)], id)}&${word}=a"`,
        },
        {
          about: 'a token that asks for what comes next',
          make: () => `continuation_${word}: "${sampleOf([run('alnum', 36)], id)}"`,
        },
        {
          about: 'a name of code with a few digits',
          make: () => `${camel(word)}: "${camel(word)}OfHeightAboveWGS84Units"`,
        },
        {
          about: 'a name beside itself',
          make: () => `("is${camel(word)}8x02R1z", "is${camel(word)}8x02R1z")`,
        },
        {
          about: 'two values of a list in a list',
          make: () => `of = [("${word}", "${sampleOf([run('hex', 32)], id)}")]`,
        },
        {
          about: 'the key of a box that searches a manual',
          make: () =>
            `docsearch({ appId: "Q7ZK", ${camel(word)}: "${sampleOf([run('hex', 32)], id)}", indexName: "q4zk" })`,
        },
        {
          about: 'what a cluster has sealed',
          make: () => `encryptedData:\n  ${word}: AgB${sampleOf([run('base64', 300)], id)}==`,
        },
        {
          about: 'a public token of Mapbox',
          make: () =>
            `${camel(word)} = 'pk.eyJ1Ijoi${sampleOf([run('alnum', 40)], id)}.${sampleOf([run('alnum', 22)], id)}'`,
        },
        {
          about: 'a nonce of WebSocket',
          make: () => `'Sec-WebSocket-Key': '${sampleOf([run('alnum', 22)], id)}=='`,
        },
        { about: 'a digest', make: () => `${word}_sha256: "${sampleOf([run('hex', 64)], id)}"` },
      ],
    },
  };
}

/** Values that are addresses (of a chain too), references, public keys, pictures, UUIDs or digests,
 * those of passwords with whose they are too. */
const PUBLIC_VALUE =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|data:|arn:|urn:|file:|vault:|ENC\[|[.~]?\/|\$|%|MI[GI][A-Za-z0-9]|AAAA[BCE]3|ssh-|iVBORw0KGgo|R0lGOD|\/9j\/|UklGR|PHN2Zy|pk\.eyJ|Ag[AB][A-Za-z0-9+/]{250}|sha(?:1|256|384|512)[-:=]|md5|(?:pbkdf2|b?scrypt|argon2|bcrypt)[a-z0-9_-]{0,16}[:$]|[A-Za-z0-9._-]{1,32}:\$(?:2[aby]|apr1|[156y]|argon2)|\*[0-9a-f]{40}$|0x(?:[0-9a-f]{1,16}|[0-9a-f]{40})$|B[A-Za-z0-9_-]{86}$|[A-Za-z]+(?:[._-][A-Za-z]+)+$)/i;
/** A UUID, also with letters before it. It is an id, but for names that say more. */
const UUID = /^(?:[a-z]{1,8}[-_])?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-/i;
/** Names of keys that services issue: many of them draw UUIDs. */
const KEY_NAME =
  /(?:api|secret|private|auth|access|service|admin|master|personal|ingest(?:ion)?|license|subscription|functions?)[_.-]?(?:key|token|secret)$|(?:npm|registry|publish|release|upload|deploy|bot|bearer|refresh|ci|hec|jenkins)[_.-]?token$|^x-[a-z-]{2,40}-(?:key|token)$|secret$|^(?:[a-z]{1,16}[_.-])?pass(?:word|wd)?$/i;
/** Tokens of the environment, as services name them for their clients. */
const TOKEN_OF_ENVIRONMENT = /^[A-Z0-9_]*[A-Z0-9]_TOKEN$/;
/** Words near a value that make it a digest. */
const DIGEST_NEAR =
  /(?:integrity|sha-?(?:1|2|256|384|512)|md5|checksum|digest|(?<![a-z])etag|blake2|(?<!code)commit|revision)[^\n]{0,60}$/i;

/** The box of DocSearch, whose key only searches and stands in each page. */
const SEARCH_BOX = /docsearch/i;
const HEX_KEY = /^[0-9a-f]{32}$/;
const NEAR = 160;

/** A call that gets or makes a public key, by a name or an address. */
const PUBLIC_CALL = /public_?key\(\s{0,4}["'`]?[A-Za-z0-9_]{0,40}$/i;

function judgeGeneric(match: SecretMatch): SecretAnswer | null {
  const { groups, before } = match;
  const whole = `${lastName(before)}${groups['name'] ?? ''}`;
  // most are words, which is cheap to see
  if (isSecretValue(whole, match)) return isWholeValue(match) ? judgeNamed(whole, match) : null;
  // whether it is the whole value costs more than what it looks like
  return isChosenPassword(whole, match) && isWholeValue(match) ? judgeChosen(whole, match) : null;
}

function isChosenPassword(name: string, { groups }: SecretMatch): boolean {
  const { value = '' } = groups;
  return PASSWORD_NAME.test(name) && isTypedByOwner(value) && !isTyped(value);
}

/** A password that a person chose, where it is known whose it is. */
function judgeChosen(name: string, match: SecretMatch): SecretAnswer | null {
  if (!isChosenPassword(name, match)) return null;
  if (!isOfOwner(name, match.groups['value'] ?? '', match)) return null;
  const answer = judgeNamed(name, match);
  return answer?.confidence === 'plausible' ? CHOSEN : answer;
}

const CHOSEN: SecretAnswer = {
  confidence: 'plausible',
  reason: 'its name says that it is one and whose, and people choose passwords so',
};

/** What the group `value` is after a name that says that it is secret, wherever the two stand; null for
 * what is none. */
export function judgeNamedValue(name: string, match: SecretMatch): SecretAnswer | null {
  return isSecretValue(name, match) ? judgeNamed(name, match) : judgeChosen(name, match);
}

/** The same for a value of which is known that chance made it. */
export function judgeNamed(whole: string, match: SecretMatch): SecretAnswer | null {
  const { groups, before, after } = match;
  const { value = '' } = groups;
  if (isPublicName(whole) || PUBLIC_VALUE.test(value) || isPlaceholder(value)) return null;
  if (hasChecksum(value) || isOwnName(whole, value) || isDomainProof(match, whole)) return null;
  if (PUBLIC_CALL.test(before) || isQuestion(whole, match)) return null;
  if (DIGEST_NEAR.test(before) || before.endsWith('::') || isKeyId(whole, value)) return null;
  if (HEX_KEY.test(value) && SEARCH_BOX.test(`${before.slice(-NEAR)}${after.slice(0, NEAR)}`))
    return null;
  if (isShownByBundle(whole, before, after)) {
    return BUNDLED;
  }
  return answerByRole(before, after) ?? unlessExample(NAMED, match);
}

/** Whether a function is called that only asks about its argument: `isSecret("...")`. */
function isQuestion(name: string, { groups }: SecretMatch): boolean {
  return (groups['prefix'] ?? '').includes('(') && QUESTION.test(name);
}
const QUESTION = /(?:^|\.)_{0,2}(?:is|has|contains|looks?(?:_l|L)ike)(?:_|(?=[A-Z]))/;

/** The part of a name that stands before its word. */
export function lastName(before: string): string {
  let at = before.length;
  while (at > 0 && before.length - at < NAME_LENGTH && NAME_CHARACTER.test(before[at - 1] ?? '')) {
    at -= 1;
  }
  return before.slice(at);
}
const NAME_LENGTH = 64;
const NAME_CHARACTER = /[A-Za-z0-9_.-]/;

/** Whether a value is what a secret of this name looks like. */
function isSecretValue(name: string, match: SecretMatch): boolean {
  const { groups, before } = match;
  const { value = '', pair } = groups;
  if (UUID.test(value)) return isIssued(isOfAccount(name, match) ? 'api_token' : name, value);
  if (isPacked(name)) return false;
  const isPassword = PASSWORD_NAME.test(name);
  if (isPassword && isTyped(value)) return false;
  if (!isDrawn(value)) return isPassword && isChosen(value);
  if (!/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(value)) return true;
  // tokens of lexers and of chains are called token too; digests name what they are of
  if (/^[nrt]?token$/i.test(name)) {
    if (name === 'TOKEN' || pair !== undefined || IN_ADDRESS.test(before)) return true;
    return value.length >= 32 && isOfAccount(name, match);
  }
  // short digests name types and chunks more often than they are secrets
  return isPassword || value.length >= 32;
}

/** Whether the bytes of a value may be what isSecretValue wants: most are words, which is seen here
 * before a text is made. Without a digit a value is drawn or nothing: people choose others with signs. */
function mayBeSecret(content: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (IN_SECRETS[content[at] ?? 0] === 1) return true;
  return isDrawn(content.toString('latin1', start, end));
}
const IN_SECRETS = byteTable(/[0-9!@#%^*?$~+=]/);

/** Before a name in the query of an address, or in a form that a command sends. */
const IN_ADDRESS = /[?&](?:amp;)?$|\s(?:-F|-d|--form|--data(?:-[a-z]{3,9})?)[ =]["']?$/;

/** Whether chance made a value, or all of it but words in front, as in `preview_`. */
function isDrawn(value: string): boolean {
  const drawn = value.replace(/^(?:(?:[A-Za-z]{3,20}[_-]){1,3}|[a-z]{2}_(?=[0-9a-f]{24,}$))/, '');
  return !/\.[A-Za-z]{1,4}$/.test(value) && looksGenerated(drawn) && !isEncodedWords(value);
}

/** In programs of Go strings lie side by side, by their length: `PWD=`, the folder of a shell, with
 * others before it, and those of the next length behind. No name of a password is that long. */
function isPacked(name: string): boolean {
  return name.length > 16 && name.endsWith('PWD') && !name.includes('_');
}

/** Whether a UUID stands after the name of a key, and was drawn. */
function isIssued(name: string, value: string): boolean {
  return (
    (KEY_NAME.test(name) || TOKEN_OF_ENVIRONMENT.test(name)) &&
    !/^[A-Z]-/i.test(value) &&
    looksRandom(value.slice(-36).replaceAll('-', ''), 16)
  );
}

/** `["isAuthKey8021x", "isAuthKey8021x"]`: a list of names and what they are called elsewhere. */
function isOwnName(name: string, value: string): boolean {
  const bare = (text: string) => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return bare(name).endsWith(bare(value));
}

/** `X-Amz-Credential=AKIA...` of an address that is signed: the id of a key, its day and region. */
function isKeyId(name: string, value: string): boolean {
  return /credential$/i.test(name) && /^A[KS]IA[A-Z0-9]{16}/.test(value);
}

function toBase64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

const NONE = new Uint8Array();

/** Base64 of words, of counted bytes (base32 too), or of DER: certificates, public keys and
 * signatures start so. */
function isEncodedWords(value: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{12,}={0,2}$/.test(value)) return false;
  const bytes = Buffer.from(value, 'base64');
  const text = bytes.toString('latin1');
  if (/^[\t\r\n\x20-\x7e]{10,}$/.test(text)) return !looksGenerated(text);
  if (areCounted(bytes) || areCounted(decodeBase32(value) ?? NONE)) return true;
  const [tag, length = 0] = bytes;
  return tag === 0x30 && (length === bytes.length - 2 || length === 0x81 || length === 0x82);
}
