import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretPattern, SecretRule } from '../../rule.ts';
import { byteTable, endOfBytes } from '../../search/byte-table.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue, lastName } from '../generic-value.ts';
import { spellings } from '../name-spelling.ts';
import { run, sampleOf } from '../token-form.ts';

/** What names of several secrets end in, where other words stand before it. */
const KINDS = ['api_key', 'access_key', 'secret_key', 'auth_key', 'service_key', 'encryption_key'];
const TOKENS = ['api_token', 'access_token', 'auth_token', 'service_token', 'bearer_token'];
const JOINED = [...KINDS, ...TOKENS, 'client_secret'].flatMap(spellings).map(pluralOf);
/** Short names, each with what gives it a map: alone they are names of many other things. */
const SHORT = ['tokens', 'secrets', 'Tokens', 'Secrets', 'TOKENS', 'SECRETS', 'KEYS', 'PASSWORDS'];
const OPENINGS = [':', '":', ' =', '=', "' =>", ' =>', "'] =", ' := '];

/** Characters from the name on in which a value is looked for. */
const REACH = 1600;

const OPEN =
  /["'`]?\]?[ \t]{0,8}(?::[ \t]{0,4}[A-Za-z][A-Za-z0-9_<>., [\]|]{0,60}=)?(?:=>|:=|[:=])?[ \t]{0,8}(?:(?:new |Object\.)[A-Za-z]{1,12}(?:<[A-Za-z, ]{0,40}>)?\(|map\[string\]string)?[ \t]{0,4}(?<open>[{[]|["']\{?|\r?\n(?= {1,24}|\t)|(?=[A-Za-z0-9]))/y;
const WORD = new RegExp(
  `(?:${[...JOINED, ...SHORT.map((one) => `_?${one}`)].join('|')})(?![A-Za-z0-9_.-])`,
  'y',
);
/** A member of a map, or an item of a list. */
const MEMBER =
  /(?<lead>["'`]?[A-Za-z0-9_.@:/ -]{1,60}["'`]?[ \t]{0,8}(?:=>|[:=,])[ \t]{0,8}|[[,\s])["'`](?<value>[A-Za-z0-9+/=_.~!@#%^*?$:-]{20,300})["'`]/g;
/** A line of YAML that is further in. */
const LINE =
  /(?<lead>\n[ \t]{1,24}(?:- )?(?:["']?[A-Za-z0-9_.@/-]{1,60}["']?:[ \t]{1,4})?["']?)(?<value>[A-Za-z0-9+/=_.~!@#%^*?$-]{20,300})["']?[ \t]*(?:#[^\n]*)?(?=\r?\n|$)/g;
/** One of several on a line of the environment, behind whose it is or alone. */
const LISTED =
  /(?<lead>[=,;\s"'{]\\?["']?(?:[A-Za-z0-9_.@/-]{1,40}\\?["']?[:=] ?\\?["']?)?)(?<value>[A-Za-z0-9+/=_.~-]{20,300})(?=\\?["']?(?:[,;\s}"']|$))/g;

/** From the name up to a value that chance made, the first of the map that is so. */
const pattern: SecretPattern = {
  source: `(?<prefix>${WORD.source}${OPEN.source})${MEMBER.source}`,
  flags: 'y',
  lastIndex: 0,
  isNear: false,
  exec(text) {
    const start = this.lastIndex;
    WORD.lastIndex = start;
    const [name] = WORD.exec(text) ?? [];
    if (name === undefined) return null;
    OPEN.lastIndex = start + name.length;
    const open = OPEN.exec(text)?.groups?.['open'];
    if (open === undefined) return null;
    const from = OPEN.lastIndex - 1;
    for (const { index, groups } of bodyOf(text, from, open).matchAll(entriesOf(open))) {
      const { lead = '', value = '' } = groups ?? {};
      if (!looksGenerated(value)) continue;
      const at = from + index + lead.length + (entriesOf(open) === MEMBER ? 1 : 0);
      return {
        0: text.slice(start, at + value.length),
        groups: { prefix: text.slice(start, at), name, open, value },
      };
    }
    return null;
  },
};

function entriesOf(open: string): RegExp {
  if (open === '{' || open === '[') return MEMBER;
  return open.includes('\n') ? LINE : LISTED;
}

/** Up to where the map, the block or the line ends. */
function bodyOf(text: string, from: number, open: string): string {
  const body = text.slice(from, from + REACH);
  if (open === '{' || open === '[') {
    const end = body.search(open === '{' ? /\}/ : /\](?!["'`])|\);/);
    return end === -1 ? body : body.slice(0, end);
  }
  const end = body.slice(1).search(open.includes('\n') ? /\n(?=\S)/ : /[\r\n]/);
  return end === -1 ? body : body.slice(0, end + 1);
}

const [ONE, TWO, THREE] = ['a', 'b', 'c'].map((seed) => sampleOf([run('alnum', 32)], seed));
const HEX = sampleOf([run('hex', 40)], 'secret-map');

/** A rule for maps and lists that are called after several secrets: their values have names of their own. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'secret-map',
    version: 1,
    family: 'generic',
    title: 'one of several secrets',
    about:
      'Random values in a map or a list that is called after tokens, keys or secrets: `SERVICE_TOKENS = { billing: "..." }`, `API_KEYS=a:...,b:...`, `secrets:` of YAML',
  }),
  keywords: [
    ...new Set([...JOINED, ...SHORT.flatMap((one) => OPENINGS.map((sign) => one + sign))]),
  ],
  pattern,
  mayFit,
  reach: REACH + 100,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a map in code',
        make: () => `const SERVICE_TOKENS = {\n  mail: '${ONE}',\n  search: '${TWO}',\n};\n`,
      },
      {
        about: 'the second of a map',
        make: () =>
          `export const API_KEYS: Record<string, string> = {\n  dev: env.A,\n  b: '${TWO}',\n};\n`,
      },
      { about: 'hexadecimal digits', make: () => `SERVICE_TOKENS = {\n    'mail': '${HEX}',\n}\n` },
      { about: 'a list of the environment', make: () => `\nAPI_KEYS=${ONE},${TWO}\n` },
      { about: 'a map of the environment', make: () => `\nAPI_TOKENS=mail:${ONE},search:${TWO}\n` },
      { about: 'a block of YAML', make: () => `secrets:\n  cookie: ${ONE}\n  session: ${THREE}\n` },
      { about: 'JSON', make: () => `{\n  "tokens": {\n    "mail": "${ONE}"\n  }\n}\n` },
      { about: 'Go', make: () => `var apiKeys = map[string]string{\n\t"a": "${ONE}",\n}\n` },
    ],
    noted: [
      {
        about: 'in a fence of Markdown',
        make: () => `Settings:\n\n\`\`\`js\nAPI_KEYS = {\n  mail: '${ONE}',\n}\n\`\`\`\n`,
      },
    ],
    fine: [
      {
        about: 'words',
        make: () => "const TOKENS = {\n  title: 'auth.login.title.of-page-2',\n};\n",
      },
      { about: 'public keys', make: () => `const PUBLIC_KEYS = { a: '${ONE}' };\n` },
      { about: 'records of a domain', make: () => `{ "DkimTokens": ["${ONE}"] }\n` },
      { about: 'keys of a cache', make: () => `const CACHE_KEYS = { a: '${ONE}' };\n` },
      { about: 'behind the map', make: () => `const API_KEYS = { a: b };\nconst id = '${ONE}';\n` },
      {
        about: 'addresses of tokens of a chain',
        make: () => `const TOKENS = { usd: '${sampleOf([run('base58', 44)], 'chain')}' };\n`,
      },
      { about: 'digests', make: () => `"tokens": { "a": "${HEX}" }\n` },
      { about: 'in another block', make: () => `secrets:\n  - name: a\nrevision: ${ONE}\n` },
    ],
  },
};

/** What may follow the name of a map, and what begins one or a block. */
const [OF_SIGNS, BEGINS] = [byteTable(/["'`\]:=> \t]/), byteTable(/[{[\r\n]/)];
/** What begins a call or a type before it, and a value of the environment. */
const BEGINS_OTHER = byteTable(/[A-Za-z0-9]/);
const SIGNS_MAX = 24;
const [SPACE, QUOTE, EQUALS] = [0x20, 0x27, 0x3d];
/** Fewest characters of a call, a type or a value. */
const CALL_MIN = 3;

/** Whether a map, a block, a call or a value without a blank may follow the name that ends at `at`, or behind
 * the sign that does: behind most words other things do. */
function mayFit(content: Uint8Array, at: number): boolean {
  const place = endOfBytes(content, at, OF_SIGNS, SIGNS_MAX);
  if (BEGINS[content[place] ?? 0] === 1) return true;
  const before = content[place - 1];
  if (before !== SPACE && before !== QUOTE && before !== EQUALS) return false;
  return endOfBytes(content, place, BEGINS_OTHER, CALL_MIN) - place >= CALL_MIN;
}

/** Keys, tokens and secrets that are for all to see, or that name a place of something. */
const SHOWN_NAMES =
  /(?:pub(?:lic)?|host|ssh|known|trusted|site|publishable|verif[a-z]*|jwks?|[gp]pg|apt|cache|hash|s3|object|file|asset|allowed|peer|node|query|storage|page|next|csrf|xsrf|special|coin|mint|fcm|device|push|chain|contract|sealed|encrypted|dkim(?=[_-]?tokens))[_-]?(?:api[_-]?)?(?:keys|tokens|secrets)$/i;
const CHAIN_ADDRESS = /^[1-9A-HJ-NP-Za-km-z]{43,44}$/;

function judge(match: SecretMatch): SecretAnswer | null {
  const { name = '', value = '', open = '', prefix = '' } = match.groups;
  const whole = `${lastName(match.before)}${name}`;
  if (SHOWN_NAMES.test(whole) || CHAIN_ADDRESS.test(value)) return null;
  if (open.includes('\n') && !isFurtherIn(match, prefix)) return null;
  // many in one line of the environment, where nothing else stands
  if (!/[\n{["']/.test(open) && !/(?:^|\n)(?:export |[ \t]*- )?[A-Z0-9_]*$/.test(match.before))
    return null;
  return judgeNamedValue(whole.replace(/s$/i, ''), match);
}

/** Whether the line of the value is further in than that of the name. */
function isFurtherIn({ before }: SecretMatch, prefix: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const last = prefix.slice(prefix.lastIndexOf('\n') + 1);
  return indentOf(last) > indentOf(line);
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

function pluralOf(name: string): string {
  return /[A-Z]$/.test(name) ? `${name}S` : `${name}s`;
}
