/** How names of secrets are spelled, and what of them is looked for. */

/** A last word that is too common without the letter or sign that parts it from its name. */
const SHORT = /^(?:key|pat|Pat|pw|Pw|PW)$/;

/** Between a name in quotes and its value. */
const SEPARATORS = ['":', "':", '" :', '",', "',"];

/** What follows the last word of a name that gets a value. After a name in quotes comes a value in
 * quotes: most names of that kind have an object, a number or a variable. */
const AFTER_NAME = [
  '=',
  ' =',
  ':',
  ' :',
  ...SEPARATORS.flatMap((sign) =>
    ['"', "'", ' "', " '", ' `', '  '].map((begin) => `${sign}${begin}`),
  ),
  '" =',
  '\\":',
  '\\",',
  '";s:',
  '\\";s:',
  '>',
  '</',
  '">',
  '"] ',
  '"]=',
  "'] ",
  "']=",
  '": {',
  '":{',
  '" {',
  '" value',
  '" translatable="false">',
  ' string',
  ' .=',
  ' ?=',
  ' +=',
  '  ',
];

/** The same after a name of an environment variable, which no sentence has; and after a name with a
 * sign in it, as options of commands are. */
const AFTER_CAPITALS = [' ', '")', "')"];
const AFTER_JOINED = [' ', '", "', "', '", '","', '", default', "', default"];
/** And after a name that begins with a capital, as that of a method does. */
const AFTER_METHOD = [' "', " '", '("', "('", ' As '];

/** The spellings of words that count only at the end of a longer name. */
export function lastNames(words: readonly string[]): readonly string[] {
  return [...new Set(words.flatMap(spellings).flatMap(joined))].filter((one) => !SHORT.test(one));
}

/** What is looked for: names as they are, and last names with what may follow them. */
export function keywordsOfNames(
  inner: readonly string[],
  last: readonly string[],
): readonly string[] {
  return [...inner, ...last.flatMap((one) => followers(one).map((after) => `${one}${after}`))];
}

/** `api_key` also as `apiKey`, `ApiKey`, `API_KEY`, `api-key`, `api.key`, `apikey`, `Apikey` and
 * `APIKEY`. */
export function spellings(words: string): readonly string[] {
  const joined = camel(words);
  const together = words.replaceAll('_', '');
  return [
    words,
    joined,
    capitalize(joined),
    words.toUpperCase(),
    words.replaceAll('_', '-'),
    words.replaceAll('_', '.'),
    together,
    capitalize(together),
    together.toUpperCase(),
  ];
}

/** `token` also as `-token` and `_token`, `TOKEN` as `_TOKEN`. */
function joined(word: string): readonly string[] {
  if (/^[A-Z]+$/.test(word)) return [word, `_${word}`];
  return /^[a-z]/.test(word) ? [word, `-${word}`, `_${word}`] : [word];
}

function followers(word: string): readonly string[] {
  // whatever follows the end of a name of the environment, also the end of a line
  if (/^_(?!PASS$|PW$)[A-Z]+$/.test(word)) return [''];
  if (/^[A-Z]+$/.test(word)) return [...AFTER_NAME, ...AFTER_CAPITALS];
  if (/^[A-Z]/.test(word)) return [...AFTER_NAME, ...AFTER_METHOD];
  return /^[-_]/.test(word)
    ? AFTER_JOINED.concat(/^[-_](?:key|pw)/i.test(word) ? AFTER_NAME : [])
    : AFTER_NAME;
}

/** `api_key` as `apiKey`. */
export function camel(words: string): string {
  return words.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `apiKey` as `ApiKey`. */
export function capitalize(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** A pattern for a text of letters and blanks, in whatever case. V8 reads the modifier `(?i:...)` wrongly
 * where it holds many alternatives: seven words before ` token` do not match ` API token`. */
export function inAnyCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
