/** Names that hold a word of secrets and mean something that everyone may see. */

/** Words that say so wherever they stand, also inside of longer ones. */
const ANYWHERE =
  /public|publishable|partition|translation|locale|digest|sha\d|md5|checksum|integrity|csrf|xsrf|authenticity|fingerprint|etag|placeholder|regexp?|endpoint|i18n|component|selector|delimiter|continuation|alphabet|charset|encrypted|sealed|sec_?web_?socket|expir|badge(?!r)|fungible/;

/** Words that say so only whole, between `_` or capitals: others hold their letters, as `security`
 * holds `uri`, `account` holds `count` and `sonatype` holds `type`. */
const WHOLE = wordsOf(
  'hash example label message error hint header pattern path file url uri name type field param',
  'algorithm length size ttl title text desc description prefix suffix limit policy scope count',
);

/** Words that say so of keys and tokens: `CACHE_PASSWORD` is one of a cache. */
const OF_KEYS = wordsOf(
  'primary foreign sort lookup query crc revision commit version class icon action event cursor',
  'page mint symbol address snapshot cache build module chunk asset verify verifying',
);

/** Ends of words that are written together: `tokentype`, `filename`, `cachekey`. */
const GLUED =
  /(?<!proto|sona|mono)type$|name$|(?<!sec)ur[il]$|path$|(?<!pro)file(?:name)?$|hash$|(?<!ac|dis)count$|index$|^(?:cache|sort|lookup|query|page|nextpage)(?:key|token)$/;

/** Last words of ids, addresses, times and signatures. */
const LAST = /(?:^|_)(?:arn|at|sigs?|signatures?)$|(?<!andro)ids?$/;

/** Words that belong together. */
const PAIRS =
  /(?:^|_)(?:spl_token|verification_key|sig_key|sentry_key|clear_?key|storefront_(?:access_)?token|react_(?:key|internal\w*|fiber\w*|props\w*)|next_(?:page|token|key|cursor|marker|sync)\w*)(?:_|$)/;
/** Vendors and headers between `_` that hold one of the words. */
const SECRET_PAIRS = /(?:^|_)(?:auth_header|react_app)(?=_|$)/g;
/** Keys for searching alone, which pages show. */
const SEARCH = /^search_(?:only_)?(?:api_)?key$/;

/** Last words of passwords, and what they open or belong to: `private_key_file_pwd`. */
const OF_PASSWORD = /^(?:pass(?:word|wd|phrase)?|pwd)$/;
const OPENED = /file$|path$|ur[il]$|name$/;

/** Whether a name is one of these. A header is one but that of authorization. */
export function isPublicName(name: string): boolean {
  const joined = joinedName(name);
  if (ANYWHERE.test(joined) || LAST.test(joined) || SEARCH.test(joined)) return true;
  if (PAIRS.test(joined)) return true;
  const words = joined.split('_');
  const last = words.at(-1) ?? '';
  const isOfKey = /^(?:.*key|.*token)s?$/.test(last);
  // the password of a file or of a name is neither
  const named = OF_PASSWORD.test(last) ? words.filter((word) => !OPENED.test(word)) : words;
  if (named.some((word) => holds(WHOLE, word) || GLUED.test(word))) return true;
  return isOfKey && ownWords(name, named).some((word) => holds(OF_KEYS, word));
}

function joinedName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(SECRET_PAIRS, '');
}

/** The words of a property that says enough by itself: `req.query.api_key` is no key of a query. */
function ownWords(name: string, words: readonly string[]): readonly string[] {
  const own = joinedName(name.slice(name.lastIndexOf('.') + 1)).split('_');
  return own.length > 1 ? own : words;
}

/** A word, or more of it; `actions` and `pages` are products. */
function holds(words: ReadonlySet<string>, word: string): boolean {
  return (
    words.has(word) || (words.has(word.replace(/s$/, '')) && !/^(?:actions|pages)$/.test(word))
  );
}

function wordsOf(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
