import type { SecretMatch, SecretRule } from '../../rule.ts';
import { byteTable } from '../../search/byte-table.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue } from '../generic-value.ts';
import { inAnyCase } from '../name-spelling.ts';
import { isWhole, SAYS, saidValue } from '../said-value.ts';
import { run, sampleOf } from '../token-form.ts';

/** Names of secrets as people write them, in two words. */
const NAMES = [
  ...['api key', 'secret key', 'access key', 'auth key', 'admin key', 'master key', 'service key'],
  ...['api token', 'access token', 'auth token', 'bearer token', 'refresh token', 'bot token'],
  ...['deploy token', 'client secret', 'api secret', 'app secret', 'signing secret'],
  ...['session token', 'authentication key', 'authentication token', 'encryption key'],
];
/** Single words, with what says that they are a value and no part of a sentence. */
const SAID = ['token is ', 'token -> ', 'token `', 'secret is ', 'password is ', 'password -> '];

const SIGN = [
  '(?:["\'`*_]{0,3}[ \\t]{0,4}(?:(?:',
  SAYS,
  ')[*_]{0,2}[ \\t]{1,4}|[:=])|[*_]{0,2}[ \\t]{1,2}(?=[`"\']))',
].join('');
const NAMED = `(?<name>${NAMES.map(inAnyCase).join('|')})${SIGN}`;

const SAMPLE = sampleOf([run('hex', 40)], 'prose-secret');

/** A rule for values that a sentence or a note gives away. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'prose-secret',
    version: 3,
    family: 'generic',
    title: 'secret in a note',
    about:
      'Random values that a sentence, a comment or a note calls a key, a token or a password: `API key: ...`, `the access token is ...`',
  }),
  keywords: [...NAMES, ...SAID],
  ignoreCase: true,
  pattern: new RegExp(
    `(?<prefix>(?:${NAMED}|(?:${SAID.map(inAnyCase).join('|')}))["'\`*]{0,3})${saidValue(16)}`,
    'y',
  ),
  mayFit: mayBeSaid,
  reach: 360,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      { about: 'a note', make: () => `the api key: ${SAMPLE}\n` },
      { about: 'a note in capitals', make: () => `THE API TOKEN: ${SAMPLE}\n` },
      { about: 'a sentence', make: () => `The access token is \`${SAMPLE}\`.\n` },
      { about: 'a note without a blank', make: () => `session token:${SAMPLE}\n` },
      { about: 'in bold letters', make: () => `**secret key:** ${SAMPLE}\n` },
      { about: 'a single word', make: () => `his token is ${SAMPLE}\n` },
      { about: 'a comment', make: () => `// client secret = ${SAMPLE}\n` },
    ],
    noted: [
      {
        about: 'in a manual',
        make: () => `For example, with the api key: ${SAMPLE}\n`,
      },
    ],
    fine: [
      { about: 'words', make: () => 'The api key: a-string-of-your-account-2\n' },
      { about: 'a digest', make: () => `sha256 of the access token: ${SAMPLE}\n` },
      { about: 'a placeholder', make: () => 'api key: 0123456789abcdef0123456789abcdef\n' },
      { about: 'a part of more', make: () => `api key: ${SAMPLE}/index(1)\n` },
    ],
  },
};

const OF_SIGNS = byteTable(/[ \t:="'`*_-]/);

/** Behind a name a sign; what is said ends with a sign of its own, and a value follows. */
function mayBeSaid(content: Uint8Array, at: number): boolean {
  const last = content[at - 1] ?? 0;
  return last === 0x20 || last === 0x60 || OF_SIGNS[content[at] ?? 0] === 1;
}

function judge(match: SecretMatch) {
  const { name = 'access token' } = match.groups;
  if (!isWhole(match)) return null;
  if (/[A-Za-z0-9]$/.test(match.before)) return null;
  return judgeNamedValue(name.toLowerCase().replaceAll(' ', '_'), match);
}
