import type { SecretMatch, SecretRule } from '../../rule.ts';
import { byteTable, endOfBytes } from '../../search/byte-table.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue } from '../generic-value.ts';
import { run, sampleOf } from '../token-form.ts';

/** What begins a value: an attribute, a member of an object, an item of a list of YAML. */
const BEGINS = ['value="', 'content="', '"value": "', '"value":"', '- value: '];
const NAME = '(?<name>[A-Za-z0-9_.-]{3,80})';
/** What stands between the value and its name: other attributes; a comma; the next line. */
const BETWEEN = [
  `"(?: [A-Za-z:_-]{1,24}="[^"<>\\r\\n]{0,60}"){0,2} (?:(?:android:)?(?:key|name|id)="${NAME}"|type="(?<type>password)")`,
  `",\\s{1,20}"(?:key|name)": ?"(?<member>[A-Za-z0-9_.-]{3,80})"`,
  `["']?\\r?\\n\\s{1,20}name: ?["']?(?<item>[A-Za-z0-9_.-]{3,80})`,
];

const SAMPLE = sampleOf([run('alnum', 32)], 'value-first');
/** As a person chooses one. */
const CHOSEN = ['Willow', 'Garden', '!61'].join('.');

/** A rule for values that stand before their names. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'value-first',
    version: 1,
    family: 'generic',
    title: 'secret before its name',
    about:
      'Random values that stand before the name that says that they are secret: `value="..." key="ClientSecret"`, `"value": "...", "key": "api_secret"`, an item of YAML with `value` and then `name`',
  }),
  keywords: BEGINS,
  pattern: new RegExp(
    `(?<prefix>(?:(?:value|content)="|"value": ?"|- value: ["']?))(?<value>[A-Za-z0-9+/=_.~!@#%^*?$:|-]{8,200})(?=${BETWEEN.join('|')})`,
    'y',
  ),
  mayFit,
  reach: 520,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      { about: 'in .NET', make: () => `<add value="${SAMPLE}" key="ClientSecret" />\n` },
      { about: 'in a page', make: () => `<meta content="${SAMPLE}" name="secret-key">\n` },
      {
        about: 'in Android',
        make: () => `<meta-data android:value="${SAMPLE}" android:name="a.b.API_KEY"/>\n`,
      },
      { about: 'in Postman', make: () => `{ "value": "${SAMPLE}", "key": "api_secret" }\n` },
      { about: 'in Kubernetes', make: () => `- value: "${SAMPLE}"\n  name: API_TOKEN\n` },
      { about: 'of a field', make: () => `<input value="${CHOSEN}" type="password">\n` },
    ],
    fine: [
      { about: 'a field for a password', make: () => '<input value="Log in" type="password">\n' },
      { about: 'a word', make: () => '<add value="Forms22" key="Password" />\n' },
      { about: 'another name', make: () => `<add value="${SAMPLE}" key="BuildNumber" />\n` },
      { about: 'a variable', make: () => '- value: "$(DB_PASSWORD)"\n  name: PASSWORD\n' },
      {
        about: 'a token against forgery, of one page',
        make: () => `<meta content="${SAMPLE}" name="csrf-token">\n`,
      },
      { about: 'a digest', make: () => `{ "value": "${SAMPLE}", "key": "password_sha256" }\n` },
      { about: 'the proof of a domain', make: () => `<meta content="${SAMPLE}" name="verify-v1">` },
    ],
  },
};

const OF_VALUE = byteTable(/[A-Za-z0-9+/=_.~!@#%^*?$:|"'-]/);
const [MOST, LEAST] = [204, 8];
const [SPACE, COMMA, CARRIAGE_RETURN, LINE_FEED] = [0x20, 0x2c, 0x0d, 0x0a];

/** Whether a value without blanks ends before another attribute, member or line. */
function mayFit(content: Uint8Array, at: number): boolean {
  const end = endOfBytes(content, at, OF_VALUE, MOST);
  const next = content[end];
  if (end - at < LEAST) return false;
  return next === SPACE || next === COMMA || next === LINE_FEED || next === CARRIAGE_RETURN;
}

const SECRET_NAME =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|secret|private|auth|encryption|signing|client|jwt)[_.-]?(?:secret[_.-]?)?key)$/i;

function judge(match: SecretMatch) {
  const { name, type, member, item } = match.groups;
  const whole = name ?? type ?? member ?? item ?? '';
  return SECRET_NAME.test(whole) ? judgeNamedValue(whole, match) : null;
}
