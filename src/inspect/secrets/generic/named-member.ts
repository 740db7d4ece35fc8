import type { SecretMatch, SecretRule } from '../../rule.ts';
import { byteTable, endOfBytes } from '../../search/byte-table.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue } from '../generic-value.ts';
import { run, sampleOf } from '../token-form.ts';

const SAMPLE = sampleOf([run('alnum', 40)], 'named-member');
const DIGITS = sampleOf([run('hex', 40)], 'named-member');

/** Values of a list of names and values in JSON, as Postman writes it: the rules about names want more of
 * a name than `token` before a comma. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'named-member',
    version: 1,
    family: 'generic',
    title: 'secret in a list of names and values',
    about:
      'Random values of JSON in the member behind their name: `"key": "token", "value": "..."`, as collections and environments of Postman have them',
  }),
  keywords: ['"key": "', '"key":"'],
  pattern:
    /(?<prefix>"key": ?"(?<name>[A-Za-z0-9_.-]{3,80})",\s{0,24}(?:"(?:type|enabled|description|secret)": ?(?:"[^"\r\n]{0,80}"|[a-z]{4,5}),\s{0,24}){0,2}"value": ?")(?<value>[A-Za-z0-9+/=_.~!@#%^*?$:|-]{8,400})(?=")/y,
  mayFit,
  reach: 760,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      { about: 'a variable', make: () => `{\n  "key": "token",\n  "value": "${SAMPLE}"\n}\n` },
      { about: 'of digits', make: () => `{"key":"token","type":"any","value":"${DIGITS}"}\n` },
      { about: 'a header', make: () => `{\n  "key": "X-API-KEY",\n  "value": "${SAMPLE}"\n}\n` },
    ],
    fine: [
      { about: 'a variable', make: () => '{ "key": "token",\n "value": "{{access_token}}" }' },
      { about: 'a word', make: () => '{ "key": "password",\n "value": "password123" }' },
      { about: 'another name', make: () => `{ "key": "etag",\n "value": "${SAMPLE}" }` },
      { about: 'an id', make: () => `{ "key": "token_id",\n "value": "${SAMPLE}" }` },
    ],
  },
};

const OF_NAME = byteTable(/[A-Za-z0-9_.-]/);
const NAME_MAX = 80;
const [QUOTE, COMMA] = [0x22, 0x2c];

/** Whether a name without blanks ends before another member. */
function mayFit(content: Uint8Array, at: number): boolean {
  const end = endOfBytes(content, at, OF_NAME, NAME_MAX);
  return content[end] === QUOTE && content[end + 1] === COMMA;
}

const SECRET_NAME =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|secret|private|auth|encryption|signing|client|jwt)[_.-]?(?:secret[_.-]?)?key)$/i;

function judge(match: SecretMatch) {
  const { name = '' } = match.groups;
  if (!SECRET_NAME.test(name)) return null;
  // a list of names and values is no lexer
  return judgeNamedValue(name, { ...match, groups: { ...match.groups, pair: '' } });
}
