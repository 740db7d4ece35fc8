/**
 * Values of which only half is known: a prefix of a token with a body of another length or
 * alphabet than was seen so far, or a name of a vendor with a value of any form. Formats change,
 * and nobody tells; so such a value counts where chance alone can have made it.
 */

import { isPlaceholder } from '../look-alikes/randomness.ts';
import { looksGenerated } from '../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch } from '../rule.ts';

/** Fewest characters of such a value. */
export const LOOSE_LEAST = 16;
const MOST = 200;

/** The source of a pattern for such a value, as the group `loose`. */
export const LOOSE_VALUE = `(?<loose>[A-Za-z0-9_=.+/~:|-]{${LOOSE_LEAST},${MOST}})`;

/** Longest such value. */
export const LOOSE_REACH = MOST;

const IDENTIFIERS = /^[A-Za-z_$][A-Za-z0-9_$]{2,}(?:\.[A-Za-z_$][A-Za-z0-9_$]*)+$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A point of P-256 in base64url: the public half of a key of web push. */
const POINT = /^B[A-Za-z0-9_-]{86}$/;
/** Addresses, paths, file names, versions, words with separators, and units of code as compilers
 * of Rust number them in what they build. */
const NO_VALUE =
  /^[./~-]|^[0-9a-f]{8,}\/|\.(?:[cm]?[jt]sx?|json|py|rb|go|md|txt|ya?ml|html?|css|png|svg|jpe?g|gif|webp|ico|woff2?|com|org|net|io|dev|exe|dll|so|whl|tgz|zip)$|^v?\d+\.\d+|^(?:sha(?:1|256|384|512)[-:]|[a-z]+:\/\/)|\/[a-z]{2,}\/|(?:[._/-][a-z]+){3}|-cgu\.\d+$/;

/** Tokens that carry a checksum: their own rules know whether they are real. */
const CHECKED =
  /^(?:gh[pousr]_|github_pat_|npm_|pypi-Ag|gl[a-z]{2,6}-|vc[pirak][ck]?_|cf[ka]t?_|cfut_|glsa_|AT[AC]TT|ATBB|cflt|zpka_|AGE-SECRET|eyJ)/;

/** Whether another rule knows the checksum of such a value, and so whether it is real. */
export function hasChecksum(value: string): boolean {
  return CHECKED.test(value);
}

/** Prefixes that names of all kinds have. */
const COMMON =
  /^(?:["'`=].*|(?:api|app|key|pat|token|secret|sdk|cli|login.*|Bot |kit|mint|dub|mis|ptr|pts|spat|mainnet|tnt|vcs|tly|lip|lio|opk)[-_.]?)$/i;

/** Whether a prefix names its vendor by itself, so that any random body after it is a token. */
export function isTelling(prefix: string): boolean {
  if (/^(?:live|test)_$/.test(prefix)) return false;
  return /[_.:-]$/.test(prefix) && prefix.length > 3 && !COMMON.test(prefix);
}

/** What is after a telling prefix; null when words, a path or a short number are. */
export function judgeLooseToken(body: string, match: SecretMatch): SecretAnswer | null {
  if (/[A-Za-z0-9_.-]$/.test(match.before) || /^[({[]/.test(match.after)) return null;
  return isLoose(body.replace(/[.:|/~-]+$/, ''))
    ? { confidence: 'plausible', reason: 'it begins as a token of this kind, and looks random' }
    : null;
}

/** Whether this is a name of code with its owners before it: `Stripe.Checkout.Session`. Tokens of
 * several parts, as those of Airtable and Discord, have parts that chance made. */
export function isCodeName(value: string): boolean {
  return IDENTIFIERS.test(value) && !value.split('.').some(looksGenerated);
}

/** Whether this is, after the name of a vendor and of a secret, neither words nor a path nor an id;
 * outside of quotes names of code stand too. */
export function isLooseValue(value: string, isQuoted: boolean): boolean {
  if (!isQuoted && (isCodeName(value) || value.replace(/[^0-9]/g, '').length < 2)) {
    return false;
  }
  return (
    !hasChecksum(value) &&
    !UUID.test(value) &&
    !POINT.test(value) &&
    !/^[0-9a-f]{16,31}$/i.test(value) &&
    isLoose(value)
  );
}

function isLoose(value: string): boolean {
  const body = value.replace(/[=.:|/~-]+$/, '');
  if (body.length < LOOSE_LEAST || NO_VALUE.test(body) || isPlaceholder(body)) return false;
  return looksGenerated(body);
}
