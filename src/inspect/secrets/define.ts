/**
 * Makes secret rules from short descriptions of formats. Four kinds: a token that starts with a
 * public prefix, one that has a literal inside, a value that only its name makes a secret, and
 * whatever else, with the texts of its family.
 */

import { isMinified, unlessExample } from '../look-alikes/example-context.ts';
import { holdsWords } from '../look-alikes/made-token.ts';
import { looksDrawn, looksRandom } from '../look-alikes/randomness.ts';
import { unlessInManual } from '../look-alikes/value-role.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../rule.ts';
import { RUN_ON_BYTES } from '../search/prefilter/literal-tables.ts';
import { packedLength } from '../secret-format/packed-string.ts';
import { standsAlone } from '../secret-format/token-checksum.ts';
import {
  BUNDLED,
  FORMED,
  NAMED,
  PLACEHOLDER_OR_WORDS,
  RIGHT_CHECKSUM,
  WRONG_CHECKSUM,
} from './answers.ts';
import { createAssignmentCheck, isNameGoingOn } from './assignment-check.ts';
import { FAMILIES, type Family } from './family.ts';
import { createFollowCheck } from './follow-check.ts';
import { createLazyPattern } from './lazy-pattern.ts';
import {
  isCodeName,
  isLooseValue,
  isTelling,
  judgeLooseToken,
  LOOSE_LEAST,
  LOOSE_REACH,
  LOOSE_VALUE,
} from './loose-value.ts';
import { infixExamples, namedExamples, tokenExamples } from './made-examples.ts';
import { camel, capitalize } from './name-spelling.ts';
import { isGiven, SAID_ASSIGNMENT } from './said-name.ts';
import { createStepPattern } from './step-pattern.ts';
import {
  charactersOf,
  escapePattern,
  isBase64,
  isRun,
  leastOf,
  literalsOf,
  longestRun,
  type Part,
  patternOf,
  reachOf,
  sizeOf,
} from './token-form.ts';

/** What every definition says. Without `attack`, `mend` and `severity`, those of the family. */
export interface Definition {
  readonly id: string;
  /** Counts up with every change of what the rule finds; when left out 6, the version of what this
   * file makes. */
  readonly version?: number;
  readonly family: Family;
  /** What the secret is, as the message begins: `Vercel token`. */
  readonly title: string;
  readonly about: string;
  readonly severity?: SecretRule['severity'];
  readonly attack?: string;
  readonly mend?: string;
}

/** What a match says for itself: the whole token and the run that should be random. */
export interface Evidence {
  /**
   * The token with the check characters that belong to it, right when it equals the token; null
   * for a form without any. Also makes the examples right.
   */
  readonly sign?: (token: string) => string | null;
  /** Instead of the usual judgement; null: it only looks alike. */
  readonly judge?: (token: string, match: SecretMatch) => SecretAnswer | null;
  /** Makes a sample of `form` one that `judge` takes. */
  readonly complete?: (sample: string) => string;
}

/** A token by its public prefix. Each form starts with the prefix, or with one of several; one of
 * less than four characters is looked for with each character that may follow. */
export interface TokenDefinition extends Definition, Evidence {
  readonly forms: readonly (readonly [string | readonly string[], ...Part[]])[];
}

/** A token with a literal of at least four characters inside. */
export interface InfixDefinition extends Definition, Evidence {
  readonly head: readonly Part[];
  readonly infix: string | readonly string[];
  readonly tail: readonly Part[];
}

/** A value after a name, as `FASTLY_API_TOKEN=...` or `fastlyKey: "..."`. */
export interface NamedDefinition extends Definition {
  /** What the name begins with or holds, at least four characters each: `fastly`, `awsSecret`;
   * also in capitals, and with the first letter in capitals. */
  readonly names: readonly string[];
  readonly form: readonly Part[];
  /** What else the name must hold; when left out `key`, `token`, `secret` and their like, or
   * nothing but one of the names. */
  readonly also?: RegExp;
}

/** A rule for a token with a public prefix. */
export function defineToken(definition: TokenDefinition): SecretRule {
  const { forms } = definition;
  const prefixes = [...new Set(forms.flatMap(([prefix]) => literalsOf(prefix)))];
  const telling = prefixes.filter(isTelling);
  const sizes = forms.map(([, ...rest]) => alphabetSize(rest));
  const size = Math.min(...sizes);
  const mayFit = telling.length === 0 ? createFollowCheck(forms) : null;
  return {
    ...textsOf(definition),
    keywords: [...new Set(forms.flatMap(keywordsOf))],
    // a right checksum counts wherever it stands
    ...(definition.sign === undefined && !prefixes.some(opensString) ? { alone: true } : {}),
    ...(telling.length === 0 && forms.every(runsOn) ? { runsOn: true } : {}),
    ...(mayFit === null ? {} : { mayFit }),
    pattern: createLazyPattern(() => new RegExp(tokenPattern(forms, telling), 'y')),
    reach: Math.max(...forms.map(reachOf), telling.length === 0 ? 0 : LOOSE_REACH) + 1,
    verify: (match) =>
      (match.groups['loose'] === undefined ? judge(definition, match.text, match, size) : null) ??
      judgeLoose(definition, telling, match),
    get examples() {
      return tokenExamples(definition, prefixes);
    },
  };
}

function tokenPattern(forms: TokenDefinition['forms'], telling: readonly string[]): string {
  const strict = forms
    .map(([prefix, ...rest]) => `(?<prefix>${patternOf([prefix])})${patternOf(rest)}`)
    .join('|');
  const loose = `(?<prefix>${patternOf([telling])})${LOOSE_VALUE}`;
  return telling.length === 0 ? strict : `${strict}|${loose}`;
}

/** Keywords have four characters or more: a shorter prefix takes the first of its run along. */
function keywordsOf([prefix, next]: readonly Part[]): readonly string[] {
  const literals = prefix === undefined || isRun(prefix) ? [] : literalsOf(prefix);
  return literals.flatMap((one) =>
    one.length > 3 || next === undefined || !isRun(next)
      ? [one]
      : charactersOf(next.alphabet).map((character) => one + character),
  );
}

/** Whether a run of base64 follows the keyword for as long as the engine looks at it. */
function runsOn([, next]: readonly Part[]): boolean {
  // a keyword may take the first of the run along
  return next !== undefined && isRun(next) && next.least > RUN_ON_BYTES && isBase64(next.alphabet);
}

/** A rule for a token with a literal inside; the finding stands where the literal does. */
export function defineInfixToken(definition: InfixDefinition): SecretRule {
  const { head, infix, tail } = definition;
  const before = new RegExp(`${patternOf(head)}$`);
  const size = alphabetSize(tail);
  return {
    ...textsOf(definition),
    keywords: literalsOf(infix),
    pattern: new RegExp(`(?<prefix>${patternOf([infix])})${patternOf(tail)}`, 'y'),
    reach: reachOf([infix, ...tail]) + 1,
    verify(match) {
      const found = before.exec(match.before);
      if (found === null) return null;
      const token = found[0] + match.text;
      const earlier = match.before.slice(0, found.index);
      const around = isPacked(earlier, token.length) ? APART : { before: earlier };
      return judge(definition, token, { ...match, ...around }, size);
    },
    get examples() {
      return infixExamples(definition);
    },
  };
}

/** Around a string that lies in a compiled module with its length before it there is no text. */
const APART = { before: '', after: '' };

function isPacked(before: string, length: number): boolean {
  const bytes = Buffer.from(before.slice(-16), 'latin1');
  return packedLength(bytes, bytes.length) === length;
}

/** What a name must hold to name a secret. */
const SECRET_NAME = /key|token|secret|passw|pwd|auth|cred|(?:^|[_.-])pat$|Pat$/i;

/** In a list of files with their digests the name is a file's. */
const FILE_NAME =
  /\.(?:[cm]?[jt]sx?|json|map|css|html?|md|txt|ya?ml|py|rb|go|rs|java|cs|php|vue|svelte|wasm|snap)$/i;

/** A rule for a value that its name makes a secret. */
export function defineNamedValue(definition: NamedDefinition): SecretRule {
  const { names, form, also = SECRET_NAME } = definition;
  const isStrict = definition.also !== undefined;
  const keywords = [
    ...new Set(
      names
        .flatMap((name) => [name, camel(name)])
        .flatMap((name) => [name, name.toUpperCase(), capitalize(name)]),
    ),
  ];
  const size = alphabetSize(form);
  const mayBeAssigned = createAssignmentCheck(Math.min(leastOf(form), LOOSE_LEAST));
  const alone = new Set(names.map((name) => name.toLowerCase()));
  const isSecretName = (name: string) =>
    also.test(name) || (!isStrict && alone.has(name.toLowerCase()));
  return {
    ...textsOf({ version: isStrict ? 10 : 9, ...definition }),
    keywords,
    pattern: createLazyPattern(() =>
      createStepPattern(
        new RegExp(
          `(?<name>(?:${keywords.map(escapePattern).join('|')})[A-Za-z0-9_.-]{0,40})`,
          'y',
        ),
        SAID_ASSIGNMENT,
        new RegExp(
          `(?:${patternOf(form)}(?![A-Za-z0-9_+/-])|${LOOSE_VALUE}(?=[\\s"'\`\\\\;&<,)}]|$))`,
          'y',
        ),
      ),
    ),
    mayFit: (content, at) => mayBeAssigned(content, at) || isNameGoingOn(content, at),
    reach: 200 + Math.max(reachOf(form), LOOSE_REACH),
    verify(match) {
      const { loose, prefix = '', words = '' } = match.groups;
      const name = `${match.groups['name'] ?? ''}${words}`;
      if (!isSecretName(name) || !isGiven(match, also.test(name))) return null;
      if (FILE_NAME.test(name) || isReference(match.text, match.after)) return null;
      const value = match.text.slice(prefix.length);
      if (match.groups['quote'] === undefined && isCodeName(value)) return null;
      if (loose !== undefined) return also.test(name) ? judgeLooseValue(name, loose, match) : null;
      return isRandom(match, size, looksDrawn)
        ? unlessInManual(NAMED, match)
        : PLACEHOLDER_OR_WORDS;
    },
    get examples() {
      return namedExamples(definition, (name) => also.test(name) || !isStrict);
    },
  };
}

/** A value of any form after the name of a vendor and of a secret. */
function judgeLooseValue(name: string, value: string, match: SecretMatch): SecretAnswer | null {
  if (PUBLIC_NAME.test(name) || !isLooseValue(value, match.groups['quote'] !== undefined))
    return null;
  if (isMinified(match.before, match.after)) return BUNDLED;
  return unlessExample(NAMED, match);
}

/** Names of what everyone may know. */
const PUBLIC_NAME =
  /public|publishable|hash(?!i|node)|digest|sha\d|md5|checksum|integrity|fingerprint|[_-]id$|Id$|ID$|_at$|ur[il]$|version|name$|email$|type$/i;

const WRONG_FORM: SecretAnswer = {
  confidence: 'weak',
  reason: 'it begins as a token of this kind, but is no whole one',
};

/** Whether a token is written with the sign before it: a quote, an equals sign or a colon. */
function opensString(token: string): boolean {
  return /^(?:["'`=]|: )/.test(token);
}

/** A string may have its kind before its quote, an equals sign has the name of a variable of the
 * environment, and a colon that of a line: nothing that the token would be a part of. */
const KIND_OF_STRING = /(?:^|[^A-Za-z0-9])[bBrRfFuUL]{1,2}$/;
const VARIABLE = /(?:^|[\s;&"'`])(?![A-Z0-9_]*ID$)[A-Z][A-Z0-9_]{1,80}$/;
const NAME_OF_LINE = /(?:^|[\r\n])[ \t-]{0,40}(?![\w.-]*i[dD]$)[A-Za-z][\w.-]{1,60}$/;
const BEFORE_SIGN: Readonly<Record<string, RegExp>> = { '=': VARIABLE, ':': NAME_OF_LINE };

function behindSign(token: string, { before, after }: SecretMatch) {
  const own = BEFORE_SIGN[token.slice(0, 1)] ?? KIND_OF_STRING;
  return { before: own.test(before) ? '' : before, after };
}

function judge(
  { sign, judge: own }: Evidence,
  token: string,
  match: SecretMatch,
  size: number,
): SecretAnswer | null {
  // a right checksum is no chance, whatever stands around it
  const signed = sign?.(token) ?? null;
  if (signed === token) return RIGHT_CHECKSUM;
  if (!standsAlone(opensString(token) ? behindSign(token, match) : match)) return null;
  if (own !== undefined) return own(token, match);
  if (signed !== null) return WRONG_CHECKSUM;
  return judgeByChance(match, size);
}

/** A telling prefix and what follows, up to where no token can go on. */
function judgeLoose(
  { sign, judge: own }: Evidence,
  telling: readonly string[],
  match: SecretMatch,
): SecretAnswer | null {
  const { prefix = '' } = match.groups;
  if (own !== undefined || !telling.includes(prefix)) return null;
  const rest = /^[A-Za-z0-9_=.+/~-]*/.exec(match.after)?.[0] ?? '';
  const body = `${match.text.slice(prefix.length)}${rest}`;
  const answer = judgeLooseToken(body, { ...match, after: match.after.slice(rest.length) });
  if (answer === null) return null;
  return sign === undefined ? unlessInManual(answer, match) : WRONG_FORM;
}

function judgeByChance(match: SecretMatch, size: number): SecretAnswer {
  const isMade = holdsWords(match.text, match.groups['random'] ?? '');
  return isRandom(match, size) && !isMade ? FORMED : PLACEHOLDER_OR_WORDS;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Whether the longest run looks drawn; of a UUID all its digits, for its last twelve are few. */
function isRandom(match: SecretMatch, size: number, judge = looksRandom): boolean {
  const { random = '' } = match.groups;
  const uuid = random.length === 12 ? UUID.exec(match.text)?.[0].replaceAll('-', '') : undefined;
  return judge(uuid ?? random, size);
}

/** `FASTLY_TOKEN: process` of `process.env`: a bare word that a call or a property follows. */
function isReference(text: string, after: string): boolean {
  return !/["'`]/.test(text.slice(-120)) && /^[.([]/.test(after);
}

function alphabetSize(parts: readonly Part[]): number {
  const longest = longestRun(parts.filter(isRun));
  return longest === null ? 1 : sizeOf(longest.alphabet);
}

/** The fields of a rule that its definition and its family say; for rules with their own pattern. */
export function textsOf({
  family,
  ...definition
}: Definition): Pick<
  SecretRule,
  'kind' | 'category' | 'id' | 'version' | 'severity' | 'title' | 'about' | 'attack' | 'mend'
> {
  const { id, version = 6, title, about } = definition;
  const { severity, attack, mend } = { ...FAMILIES[family], ...definition };
  return { kind: 'secret', category: 'secret', id, version, severity, title, about, attack, mend };
}
