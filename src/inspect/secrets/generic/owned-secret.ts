import type { SecretMatch, SecretRule } from '../../rule.ts';
import { byteTable } from '../../search/byte-table.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue } from '../generic-value.ts';
import { inAnyCase } from '../name-spelling.ts';
import { isWhole, SAYS, saidValue } from '../said-value.ts';
import { run, sampleOf } from '../token-form.ts';

/** What a note calls a secret after whose it is, with a number where there are more of them. */
const NOUNS = ['key', 'token', 'secret'];
const SIGNS = [':', ' =', ' is ', ' ->', ' 1', ' 2', '1', '2'];

const SIGN = [
  '(?: ?\\d)?["\'`*_]{0,3}[ \\t]{0,4}(?:',
  SAYS,
  ')[*_]{0,2}[ \\t]{1,4}["\'`*]{0,3}',
].join('');

const LEAST = 20;

const SAMPLE = [run('alnum', 40)];
const DIGITS = [run('hex', 40)];

/** A rule for values that a note calls the key, the token or the secret of something. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'owned-secret',
    version: 3,
    family: 'generic',
    title: 'secret in a note',
    about:
      'Random values that a note or a comment calls the key, the token or the secret of something: `Hasura key: ...`, `klipfolio token 2 = ...`',
  }),
  keywords: NOUNS.flatMap((noun) => SIGNS.map((sign) => ` ${noun}${sign}`)),
  ignoreCase: true,
  pattern: new RegExp(
    `(?<prefix> (?<noun>${NOUNS.map(inAnyCase).join('|')})${SIGN})${saidValue(LEAST)}`,
    'y',
  ),
  mayFit: mayBeOwned,
  reach: 340,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      { about: 'a note', make: () => `Hasura key: ${sampleOf(SAMPLE, 'a')}\n` },
      { about: 'a note in capitals', make: () => `HASURA KEY: ${sampleOf(SAMPLE, 'k')}\n` },
      { about: 'one of two', make: () => `klipfolio token 2 = '${sampleOf(DIGITS, 'b')}'\n` },
      { about: 'a sentence', make: () => `The Hasura key is \`${sampleOf(SAMPLE, 'c')}\`.\n` },
    ],
    noted: [
      {
        about: 'in an example',
        make: () => `For example, with the Hasura key: ${sampleOf(SAMPLE, 'd')}\n`,
      },
    ],
    fine: [
      { about: 'a name of code', make: () => `  const token = '${sampleOf(DIGITS, 'e')}';\n` },
      { about: 'a type of code', make: () => `String key = "${sampleOf(SAMPLE, 'f')}";\n` },
      { about: 'a public key', make: () => `the public key: ${sampleOf(SAMPLE, 'g')}\n` },
      {
        about: 'the key of a page',
        make: () => `reCAPTCHA site key: ${sampleOf(SAMPLE, 'i')}\n`,
      },
      {
        about: 'the address of a token of a chain',
        make: () => `the USDC token is ${sampleOf([run('base58', 44)], 'j')}\n`,
      },
      { about: 'a digest', make: () => `a build key: ${sampleOf(DIGITS, 'h')}\n` },
      { about: 'words', make: () => 'The Hasura key is not-the-one-of-your-account-2\n' },
    ],
  },
};

const OF_SIGNS = byteTable(/[ \t:="'`*_>0-9isnowa-]/);
const OF_BREAKS = byteTable(/[ \t"'`*]/);
const OF_VALUE = byteTable(/[A-Za-z0-9+/=_.~!@#%^*?$:-]/);
const BACKSLASH = 0x5c;
/** Most characters from the noun to the value. */
const GAP = 24;

/** Whether signs alone, and so many characters without a blank, follow: behind most nouns words do. */
function mayBeOwned(content: Uint8Array, at: number): boolean {
  let place = at;
  const limit = Math.min(content.length, at + GAP);
  while (place < limit && OF_SIGNS[content[place] ?? 0] === 1) place += 1;
  // what begins the value may look like a sign
  while (place > at && OF_BREAKS[content[place - 1] ?? 0] !== 1) place -= 1;
  let end = place;
  while (end - place < LEAST && OF_VALUE[content[end] ?? 0] === 1) end += 1;
  return end - place >= LEAST || content[end] === BACKSLASH;
}

/** Words of code before a name, and words that say of what kind it is and not whose; keys of pages and
 * peers are for all to see. */
const NO_OWNER =
  /^(?:const|let|var|val|final|static|auto|export|type|return|public|private|protected|readonly|string|char|bytes?|uint8array|buffer|int|long|object|any|self|this|that|the|an|your|my|our|its|their|his|her|a|of|by|for|with|per|each|every|some|any|no|one|same|new|old|given|unique|test|dummy|random|host|ssh|gpg|pgp|map|dict|hash|storage|redis|registry|group|data|config|option|setting|attribute|feature|theme|route|react|vue|publishable|site|widget|embed|peer|idempotency|deduplication|shard|row|cell|if|when|where|and|or|not)$/i;
/** The address of a token of a chain: 32 bytes in base58. */
const CHAIN_ADDRESS = /^[1-9A-HJ-NP-Za-km-z]{43,44}$/;
/** What `prose-secret` looks for. */
const OF_PROSE =
  /^(?:(?:api|secret|access|auth|admin|master|service)_key|(?:api|access|auth|bearer|refresh|bot|deploy)_token|(?:client|api|app|signing)_secret)$/;

function judge(match: SecretMatch) {
  const { noun = '', value = '' } = match.groups;
  const owner = /[A-Za-z][A-Za-z0-9.-]{2,30}$/.exec(match.before)?.[0];
  if (owner === undefined || NO_OWNER.test(owner)) return null;
  const name = `${owner}_${noun}`.toLowerCase();
  if (OF_PROSE.test(name) || !isWhole(match)) return null;
  // digits of a key are as often those of a digest, of a test or of a picture
  if (noun.toLowerCase() !== 'token' && /^(?:0x)?[0-9a-f-]+$/i.test(value)) return null;
  if (noun.toLowerCase() === 'token' && CHAIN_ADDRESS.test(value)) return null;
  return judgeNamedValue(name, match);
}
