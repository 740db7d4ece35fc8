import { isPlaceholder } from '../../look-alikes/randomness.ts';
import { surpriseOf } from '../../look-alikes/surprise.ts';
import type { SecretMatch, SecretRule } from '../../rule.ts';
import { byteTable, endOfBytes } from '../../search/byte-table.ts';
import { ASSIGNMENT } from '../assignment.ts';
import { textsOf } from '../define.ts';
import { judgeNamed, lastName } from '../generic-value.ts';
import { keywordsOfNames, lastNames, spellings } from '../name-spelling.ts';
import { createStepPattern } from '../step-pattern.ts';
import { isWholeValue } from '../value-end.ts';

const NAMES = [
  ...new Set(['password', 'passwd', 'passphrase', 'secret', 'jwt_secret'].flatMap(spellings)),
];
const LAST = lastNames(['pass', 'pwd']);
/** As managers of passwords draw them, put together here. */
const PASSWORDS = ['aB3&kd)9Lq{z7Wv', 'x&K}9>Lq2(Zt7<Qm;4', 'k#8V|^w}Xq2@:'].map((text) =>
  [...text].join(''),
);
const [FIRST = '', OTHER = '', SIGNS = ''] = PASSWORDS;
const QUOTED = ['hT9', 'mK#2', 'vX!4q'].join("'");

/** Values with signs that the rules about names take for the end of one: they are code more often. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'strong-password',
    version: 2,
    family: 'generic',
    title: 'password',
    about:
      'Passwords and secrets with brackets, commas, semicolons, ampersands or the other kind of quote in them, as managers of passwords draw them, after their name',
  }),
  keywords: keywordsOfNames(NAMES, LAST),
  pattern: createStepPattern(
    new RegExp(`(?<name>(?:${NAMES.join('|')})[A-Za-z0-9_.-]{0,24}|(?:${LAST.join('|')}))`, 'y'),
    ASSIGNMENT,
    /(?<value>(?<=")[!#-[\]-~]{12,100}(?=")|(?<=')[!-&(-[\]-~]{12,100}(?=')|[!#-&(-[\]-_a-~]{12,100})/y,
  ),
  mayFit,
  reach: 320,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      { about: 'in quotes', make: () => `db_password: "${FIRST}"\n` },
      { about: 'in code', make: () => `const jwtSecret = '${OTHER}';\n` },
      { about: 'more signs than letters', make: () => `db_pass = "${SIGNS}"\n` },
      { about: 'with the other quote', make: () => `{ password: "${QUOTED}" }\n` },
      { about: 'in the environment', make: () => `\nAPP_PASSWORD=${FIRST}\n` },
    ],
    fine: [
      { about: 'what is encrypted', make: () => `secret: ENC(2048:${FIRST.slice(0, 5)}A7bQ9x)\n` },
      { about: 'a call', make: () => 'password = createHmac(Of1A2b3C,4d5E6f)\n' },
      { about: 'a template', make: () => 'password: "{{A1b.Values[C2d]}}x9Q"\n' },
      { about: 'a pattern', make: () => 'const password = "^(?=.*[A-Z])(?=.*[0-9]).{8,}$";\n' },
      { about: 'a list of signs', make: () => 'const password = "aB1!@#$%^&*()_+~<>";\n' },
      {
        about: 'characters of a pattern',
        make: () => `const password = "[A-Za-z0-9#${'$'}@!%^~]{8,}";\n`,
      },
      { about: 'parts of a text', make: () => `secret: "'+B3.k(#4)+'@a1^"\n` },
      { about: 'a selector', make: () => 'password = "input[name=Pw1],#A2b>p.C3";\n' },
      { about: 'code without blanks', make: () => 'secret:e,B3:f(t[C4].d5,{g6:H7})' },
      { about: 'a placeholder', make: () => 'password: "<Your-Password,1234567>"\n' },
    ],
  },
};

const [OF_NAME, OF_GAP] = [byteTable(/[A-Za-z0-9_.-]/), byteTable(/["'`\]\s=:,(]/)];
const OF_VALUE = byteTable(/[!#-&(-[\]-_a-~]/);
const [IN_DOUBLE, IN_SINGLE] = [byteTable(/[!#-[\]-~]/), byteTable(/[!-&(-[\]-~]/)];
const [OF_SIGN, OF_DIGIT] = [byteTable(/[&(){}[\]<>;,@#^~|"']/), byteTable(/[0-9]/)];
const [OF_UPPER, OF_LOWER] = [byteTable(/[A-Z]/), byteTable(/[a-z]/)];
const [NAME_MAX, GAP_MAX, LEAST, VALUE_MAX] = [64, 40, 12, 100];

/** Whether so long a text of all kinds follows the name in which a keyword ends at `at`: of most names
 * words do, or code with blanks. */
function mayFit(content: Uint8Array, at: number): boolean {
  const name = endOfBytes(content, at, OF_NAME, NAME_MAX);
  const start = endOfBytes(content, name, OF_GAP, GAP_MAX);
  const end = endOfBytes(content, start, tableOf(content[start - 1]), VALUE_MAX);
  // escapes and what else may stand between are left to the pattern
  if (start === name || end - start < LEAST) return content[end] === BACKSLASH;
  return [OF_SIGN, OF_DIGIT, OF_UPPER, OF_LOWER].every((kind) => holds(content, start, end, kind));
}
const [BACKSLASH, DOUBLE, SINGLE] = [0x5c, 0x22, 0x27];

/** In a string the other quote is a sign like others. */
function tableOf(quote: number | undefined): Uint8Array {
  if (quote === DOUBLE) return IN_DOUBLE;
  return quote === SINGLE ? IN_SINGLE : OF_VALUE;
}

function holds(content: Uint8Array, start: number, end: number, kind: Uint8Array): boolean {
  for (let at = start; at < end; at += 1) if (kind[content[at] ?? 0] === 1) return true;
  return false;
}

/** Signs that end a value elsewhere. */
const SIGN = /[&(){}[\]<>;,]/;
/** What code, templates, patterns and markup are made of. */
const CODE =
  /[$#%]\{|\{\{|<%|[=-]>|\(\)|&&|\|\||<\/|\?[.:=]|\(\?|::|\[\^|[a-z]{5}|[A-Z]{6}|&(?:amp|lt|gt|quot|#)|[A-Za-z_]{2}[[(][^\])]{0,99}[\])]|^[<[{(].*[>\]})]$|[,;:]$|\.\{|[}\])][,;]/;
/** The same for values with signs that code seldom has side by side: a row of signs too, and sets of
 * characters. */
const TEXT =
  /[$#%]\{[A-Za-z]|\{\{|<%|=>|\(\)|&&|<\/|\(\?|\[\^|[a-z]{5}|[A-Z]{6}|&(?:amp|lt|gt|quot|#)|[aA]-[zZ]|0-9|!@|@#\$|#\$%|%\^&|^["'`+,.;:)]|["'`+,(]$|["'`] ?\+|\+ ?["'`]/;
const RARE = /[@#^~]/;
const MORE = /[@#^~$%!*?]/g;
/** Bits of a letter or digit, without the signs between them, where chance made them; and where signs
 * say it too. */
const [LEAST_BITS, LEAST_BITS_OF_MIXED] = [7.5, 6.6];
/** Fewest letters and digits. */
const [LEAST_BARE, LEAST_BARE_OF_MIXED] = [10, 6];

function judge(match: SecretMatch) {
  const { name = '', value = '', quote } = match.groups;
  if (isPlaceholder(value) || !(isBracketed(value) || isMixed(value))) return null;
  const whole = `${lastName(match.before)}${name}`;
  // without quotes only a line of configuration has all of it
  if (quote === undefined && !isLine(match, whole)) return null;
  return isWholeValue(match) ? judgeNamed(whole, match) : null;
}

function isBracketed(value: string): boolean {
  return SIGN.test(value) && !CODE.test(value) && isDrawn(value, LEAST_BARE, LEAST_BITS);
}

/** Whether signs of passwords stand between letters and digits, in whatever place. */
function isMixed(value: string): boolean {
  const isSigned = RARE.test(value) && new Set(value.match(MORE) ?? []).size > 1;
  if (TEXT.test(value) || !(isSigned || /["']/.test(value))) return false;
  return isDrawn(value, LEAST_BARE_OF_MIXED, LEAST_BITS_OF_MIXED);
}

function isDrawn(value: string, least: number, bits: number): boolean {
  const bare = value.replace(/[^A-Za-z0-9]/g, '');
  const hasKinds = [/[a-z]/, /[A-Z]/, /[0-9]/].every((kind) => kind.test(bare));
  return hasKinds && bare.length >= least && surpriseOf(bare) >= bits;
}

function isLine({ before, groups, after }: SecretMatch, whole: string): boolean {
  const { prefix = '', name = '' } = groups;
  const start = before.slice(0, before.length - (whole.length - name.length));
  return (
    /(?:^|\n)[ \t]*(?:export |ENV |- )?$/.test(start) &&
    /^(?:[ \t]*=[ \t]*|: +)$/.test(prefix.slice(name.length)) &&
    /^[ \t]*(?:\r?\n|$)/.test(after)
  );
}
