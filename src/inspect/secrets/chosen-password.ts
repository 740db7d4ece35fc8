/** Passwords as people choose them: words, a year or a few digits, a sign. What random values are told
 * by says nothing of them; a name of a password, their form and whose they are do. */
import { surpriseOf } from '../look-alikes/surprise.ts';
import type { SecretMatch } from '../rule.ts';

/** Names of passwords: what is short or chosen by a person counts too. */
export const PASSWORD_NAME =
  /pass(?:w(?:or)?d|phrase|code)|pwd$|pass$|(?:[_.-]|(?<=[a-z])(?=P))pw$/i;

/** Fewest and most characters of one. */
const [LEAST, MOST] = [8, 40];

/** Words and digits with a sign or a digit in place of a letter, at least two of them that are no letter;
 * it begins with a letter or digit. */
const FORM = /^[A-Za-z0-9][A-Za-z0-9@#$%*!?._+=^~-]*$/;
/** Names of ciphers, encodings, versions and fields of forms have digits at their end too. */
const OF_CODE =
  /^(?:[a-z]{0,12}[_-])?(?:sha|md|aes|des|rsa|utf|base|oauth|x)[_-]?\d|bcrypt|scrypt|pbkdf|hmac|argon|cipher|field|input|form|label|text|hash|salt|token|param|value|string|error|code|reset|confirm|group|\.(?:[A-Za-z]{1,5}|\d+)$|^\d|^v\d|\d(?:px|ms|em)$/i;
/** Names of columns, errors, icons and classes: parts joined by one sign, digits at the end. */
const JOINED = /^[A-Za-z0-9]+(?:([._-])[A-Za-z0-9]+)+$/;
/** Words and rows of digits in passwords of tests and manuals. */
const EXAMPLE_WORDS = [
  ...['test', 'demo', 'welcome', 'letmein', 'hunter', 'abc', 'foo', 'super', 'some', 'valid'],
  ...['user', 'login', 'correct', 'horse', 'my', 'new', 'old'],
  ...['123', '234', '345', '456', '567', '678', '789'],
].join('|');
/** Those that a password for a known account does not hold, in the spellings that people think of. */
const OF_TESTS = new RegExp(
  `${EXAMPLE_WORDS}|p[a@4][s$5]{1,2}w?[o0]?r?d?|[s$5][e3]cr|secure|example|sample|qwert|asdf|trustno|iloveyou|321|bar\\d|[s$5]tr[o0]ng|guest|hello|([a-z])\\1\\1|(\\d)\\2{3}`,
  'i',
);

/** Whether a person may have chosen `value` for an account that is not one of an example. */
export function isTypedByOwner(value: string): boolean {
  if (value.length < LEAST || value.length > MOST || !FORM.test(value)) return false;
  const others = value.replace(/[A-Za-z]/g, '');
  const digits = others.replace(/[^0-9]/g, '').length;
  if (digits < 2 || value.length - others.length < 3) return false;
  return !OF_CODE.test(value) && !JOINED.test(value) && !OF_TESTS.test(value);
}

/** Signs that names in code do not have. */
const SIGN = /[@#$%*!?+=^~]/;
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/];

/** Whether `value` has all that a form asks of a password, so that it is one whoever it is of. */
function isStrict(value: string): boolean {
  return value.length > LEAST && SIGN.test(value) && KINDS.every((kind) => kind.test(value));
}

/** Whose a password is, as names say: `DB_PASSWORD`, `spring.datasource.password`, `keystorePassword`. */
const OWNED =
  /(?:^|[_.-])?(?:db|jdbc|database|datasource|mysql|maria|postgres(?:ql)?|pg|mongo(?:db)?|redis|rabbit(?:mq)?|smtp|e?mail|imap|ldap|ftp|root|rds|sql|oracle|ssh|sudo|become|ansible|key_?store|trust_?store|store|key|signing|basic_?auth|nexus|artifactory|jenkins|grafana|minio|elastic(?:search)?|kafka|sasl|ssl|wifi|vpn|proxy|mqtt|admin(?:istrator)?|master|snowflake|registry|docker|npm|borg|restic|gpg|fastlane|match|connection|client|service|svc)[_.-]?(?:user|root|admin|account|default|initial)?[_.-]?(?:pass|pwd|pw)/i;

/** What tells whose a password is, with a value of its own: in a map, a line, an attribute, an argument. */
const ACCOUNT =
  /(?:user(?:[_-]?(?:name|id))?|login|uid|host(?:name)?|server|data_?(?:base|source)|db_?name|e-?mail|account|jdbc[a-z:]{0,20})["'`]?\]?[ \t]{0,4}(?:=>|[:=,(>])[ \t]{0,4}["'`]?[A-Za-z0-9]|\[[a-z.]{0,20}(?:database|client|smtp|mail|auth|security)[a-z.]{0,20}\]\s|[\w.-]@[a-z0-9-]{2,40}\.[a-z]{2}/i;
const NEAR = 160;

/** Names of a step of rendering or a filter of sound, which have an account as little as a password. */
const BARE_PASS = /(?<![_-])pass$/i;

/** Whether a value of this name, or what stands beside it, says that it is the password of somebody. */
export function isOfOwner(name: string, value: string, { before, after }: SecretMatch): boolean {
  if (BARE_PASS.test(name) && !OWNED.test(name) && !SIGN.test(value)) return false;
  if (OWNED.test(name) || isStrict(value)) return true;
  return ACCOUNT.test(before.slice(-NEAR)) || ACCOUNT.test(after.slice(0, NEAR));
}

/** Those that a password of nobody's account does not hold: words of sentences too. */
const COMMON_PASSWORD = new RegExp(
  `${EXAMPLE_WORDS}|p[a@4][s$]{2}w?[o0]?r?d?|secret|admin|qwerty|monkey|bar|strong|the|iam`,
  'i',
);

/** What people type who need a password for an example: words of passwords with digits and signs in
 * place of letters, a row of keys, or a sentence. */
const TYPED_PASSWORD =
  /(?:asd|qwe|zxc){2}|qwert|asdf|zxcv|p[a@4][s$5z]{1,2}[s$52]?w[o0]r?d|[s$5][e3]cur[e3]?|[s$5][e3]cr[e3]t|^(?:i_?am|this_?is|my|your|some|very|change|super)(?=[A-Z_-])/i;
/** Longer ones are drawn, whatever they happen to spell. */
const TYPED_LENGTH = 24;

/** Whether `value` is such a one. */
export function isTyped(value: string): boolean {
  return value.length <= TYPED_LENGTH && TYPED_PASSWORD.test(value);
}

/** As people choose passwords when they must, of three or four kinds of characters, or as programs
 * make short ones; no word of examples. */
export function isChosen(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@#%^*?$~+=]/].filter((kind) => kind.test(value));
  const isLong = value.length >= 10 && value.length <= 40;
  if (!isLong || COMMON_PASSWORD.test(value) || /[./:|]/.test(value)) return false;
  return kinds.length === 4 || (kinds.length === 3 && surpriseOf(value) >= SHORT_BITS);
}

/** Bits of a character of a short password that chance made. */
const SHORT_BITS = 6.4;
