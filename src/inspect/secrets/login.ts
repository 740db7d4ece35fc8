/** What a user and a password are worth, by what they are and by the host that they open. */

import { unlessExample } from '../look-alikes/example-context.ts';
import { isPlaceholder } from '../look-alikes/randomness.ts';
import { looksGenerated, surpriseOf } from '../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch } from '../rule.ts';
import { hasChecksum } from './loose-value.ts';

/** With what somebody logs in. A host that is not told counts as one far away. */
interface Login {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly host?: string | undefined;
}

/** What `login`, for which the groups of a match may stand, is worth; null for variables and examples. */
export function judgeLogin(match: SecretMatch, login: Login = match.groups): SecretAnswer | null {
  const { user = '', password = '' } = login;
  const host = login.host === undefined ? null : hostOf(login.host);
  const isAt = (hosts: RegExp) => host !== null && hosts.test(host);
  if (VARIABLE.test(password) || isAt(VARIABLE)) return null;
  // what GitHub takes for a password where the token is the user
  if (password === 'x-oauth-basic') return judgeLoneToken(match, { ...login, password: user });
  const isPrivate = isAt(PRIVATE);
  const plain = decodePercent(password);
  const isNear = isNearby(host, plain);
  const isWord = WORDS.test(password) || password.toLowerCase() === user.toLowerCase();
  if (isWord || isPlaceholder(password)) {
    return isNear || isPrivate || (host !== null && isPlaceholder(host))
      ? null
      : { confidence: 'weak', reason: 'its password looks like a placeholder' };
  }
  if (isNear) return AT_HOME;
  if (looksGenerated(plain) || (!isPrivate && isMixed(plain))) {
    return unlessExample(host === null ? DRAWN : HELD, match);
  }
  return isPrivate ? AT_HOME : { confidence: 'weak', reason: 'its password reads like a word' };
}

/** Fewest characters of a token in place of a user. */
export const LONE_TOKEN_LENGTH = 20;

/** What a token is worth that stands alone, as the password; null for those of 32 hexadecimal digits,
 * which are public keys, with which pages send reports of errors. */
export function judgeLoneToken(
  match: SecretMatch,
  { password = '', host }: Login = match.groups,
): SecretAnswer | null {
  if (password.length < LONE_TOKEN_LENGTH || hasChecksum(password) || isPlaceholder(password))
    return null;
  if (!/^[A-Za-z0-9_.~-]+$/.test(password) || /^[0-9a-f]{32}$/i.test(password)) return null;
  if (!looksGenerated(password)) return null;
  if (host === undefined) return unlessExample(TOKEN, match);
  if (VARIABLE.test(host) || !host.includes('.')) return null;
  return NEAR.test(host) ? AT_HOME : unlessExample(TOKEN, match);
}

const TOKEN: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where whoever asks says who he is, and looks random',
};

const VARIABLE = /[${}]|^\d{1,5},|^%[a-z(]|^<|^\[|^:|^\*|^\.{2}/i;
const WORDS =
  /^(?:(?:my|your|the|some|db|super|user|admin|root|test)?[_-]?(?:p(?:ass|w)(?:word|wd|phrase|d)?|secret|key|token|user(?:name)?|admin|root|guest|test|foo|bar|baz|example|sample|changeme|default|docker|postgres(?:ql)?|mysql|mongo(?:db)?|redis|hunter2|letmein|name|auth|credentials?|[a-z]{1,3}|[x*#.]+|\d{1,8}))\d{0,4}!?$/i;
const NEAR =
  /^(?:\[|localhost|127\.|0\.0\.0\.0|.*\.(?:localhost|test|example|invalid)(?::\d+)?$|(?:host(?:name)?|server|example)(?::\d+)?$|(?:.*\.)?(?:example|domain|myhost|server|host)\.[a-z]{2,4}(?::\d+)?$)/i;
/** Hosts that are kept for examples (RFC 2606). */
const OF_EXAMPLES = /^(?:.*\.)?example\.(?:com|net|org)(?::\d+)?$/i;
/** Machines of one network, by address or by a name without dots: what opens them is a secret if
 * nobody made it up for an example. */
const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[^.]+(?::\d+)?$|.*\.(?:local|internal)(?::\d+)?$)/i;

/** Whether a host is near the reader, or nowhere. Whoever takes the real host out of an address leaves
 * the password in it now and then: chance makes none for an example. */
function isNearby(host: string | null, password: string): boolean {
  if (host === null) return false;
  return NEAR.test(host) && !(OF_EXAMPLES.test(host) && looksGenerated(password));
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
/** Where nobody names the host. */
const DRAWN: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it holds a password that reads like no word',
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
