/** How texts give a value to a name, from the end of the name to the value: in programs,
 * configuration, markup and command lines. */
import type { SecretMatch } from '../rule.ts';

/** Operators of programs and of configuration: `=`, `==`, `:`, `:=`, `=>`, `?=`, `??`, `.=`, `||`, `<-`, `,`,
 * `(`; and what stands between two strings that PHP has serialized. */
const OPERATOR =
  '(?:=>|={2,3}|:{0,3}=|[.?+|]{1,2}=|\\|\\||\\?\\?|<-|[:,(]|;s:\\d{1,4}:(?=\\\\{0,2}"))';
/** A type between name and operator: `var key string =`, `key: Optional[str] =`, `key[] =`, `Key { get; } =`. */
const TYPE =
  "(?:\\[\\d{0,4}\\](?= ?=)| ?\\{ ?get; ?(?:(?:private |protected |internal )?(?:set|init); ?)?\\}(?= ?=)|:? ?(?:(?:As )?[Ss]tring|Secret[A-Z][a-z]{2,5}|Optional\\[str\\]|str(?: \\| None)?|&(?:'static )?str|const char ?\\*)(?= ?=))?";
/** What else is told in the tag of an element: `translatable="false"`, `xsi:type="xsd:string"`. */
const ATTRIBUTES = '(?: [A-Za-z][A-Za-z:_-]{0,23}="[^"<>\\r\\n]{0,60}"){0,3}';
/** The text of an element, also on a line of its own or in a section of characters; of a property
 * list, also the next element; the next field of a row of a table. */
const MARKUP = `(?:\\s{0,20}</t[dh]>\\s{0,20}<td[^<>]{0,80}>\\s{0,20}(?:<(?:code|pre|kbd|tt|b|i|em|strong)>)?|(?:</(?:key|name)>|${ATTRIBUTES}>)\\s{0,20}(?:<(?:string|value)>\\s{0,20})?(?:<!\\[CDATA\\[\\s{0,20})?)`;
/** What else may be told of a name before its value: `type = string`, `"type": "secret",`. */
const ASIDE =
  '(?:["\']?(?:[Tt]ype|[Dd]escription|[Ss]ensitive|[Nn]o[Ee]cho|[Ss]ecret|isSecret|enabled|nullable|ephemeral)["\']?\\s{0,8}[:=]\\s{0,4}(?:"[^"\\r\\n]{0,120}"|[A-Za-z]{1,16}),?\\s{1,20}){0,3}';
/** A list of names and values: `name: KEY` and `value: ...`, or `name="KEY" value="..."`; an option
 * or a variable and its default; a parameter and what it holds. */
const PAIR = `(?:,?\\s{1,20}|,|[ \\t]{0,4}:(?=[\\s{]))(?:\\s{0,20}\\{)?\\s{0,20}${ASIDE}-{0,2}\\\\?["']?(?:android:)?(?:[Vv]alue|[Dd]efault(?:Value)?|content|body|(?<=-)b)\\\\?["']?[ \\t]{0,8}[:= ]`;
/** A block of YAML: `key: |` and the value on the next line; or a string on the next line. */
const BLOCK = '(?:[|>][-+]?[ \\t]{0,4}\\r?\\n[ \\t]{1,20}|\\r?\\n[ \\t]{1,20}(?=["\'`]))?';
/** A call that hands its text on, or brackets, around the value: `atob("...")`, `SecretStr("...")`,
 * `Field(default="...")`, `String::from("...")`; and the command of PowerShell that does. */
const CALL =
  '(?:ConvertTo-SecureString[ \\t]{1,4}(?:-String[ \\t]{1,4})?(?=["\'])|(?:new )?(?:[A-Za-z0-9_]{1,24}(?:\\.|::)){0,2}(?:atob|[Pp]tr|ToPtr|[Ss]ome|[Jj]ust|new|Value|(?:b(?:ase)?64)?_?[dD]ecode|from|of|[sS]tring|stringify|str|bytes|Secret(?:Str|String)?|Field|getenv|env|get|default|sensitive)?\\(\\s{0,20}(?:[a-z_]{1,16} ?= ?)?(?=["\'`]))?';
/** What stands before the first value of a list or of a map: `api_tokens = ["..."`, `- ...` on the next
 * line, `api_keys: { live: "..."`. */
const LIST =
  '(?:\\[\\s{0,20}(?=["\'`])|\\r?\\n {0,24}- |(?<=[sS]["\'`]?\\]?[ \\t]{0,24}[=:>]{1,3}[ \\t]{0,24})[{[]\\s{0,24}["\'`]?[A-Za-z0-9_.-]{1,40}["\'`]? ?(?::|=>) ?(?=["\'`]))?';
/** What a variable is when nobody has set it, after a call that asks for it: `getenv("KEY") or "..."`. */
const ELSE = '(?<=["\'`])\\)[ \\t]{0,4}(?:\\|\\||\\?\\?|\\?:|or )[ \\t]{0,4}';
/** Kinds of strings: bytes and raw ones of Python, wide ones of C, verbatim ones of C#. */
const KIND = '(?:[bBrRfFLuU@$]{1,2}(?=["\']))?';
/** Quotes, also as string escapes and in markup; two of two kinds, the one inside of the other. */
const QUOTE = '(?:\\\\{0,2}["\'`]{1,3}|&quot;|&#34;|&#39;|"\\\\")';

/** All of these, from where a name ends up to and with an opening quote, which is the group
 * `quote`; a space alone is the group `gap`, which counts only where isAssigned says so. */
export const ASSIGNMENT: RegExp = new RegExp(
  `(?:\\\\?["'\`]|&quot;|&#34;|&#39;)?\\]?(?:(?:(?<pair>${PAIR})[ \\t]{0,8}|${TYPE}[ \\t]{0,24}${OPERATOR}[ \\t]{0,24}${BLOCK}${LIST}${CALL}|${ELSE}|${MARKUP})|(?<gap>[ \\t]{1,4}))${KIND}(?<quote>${QUOTE})?`,
  'y',
);

/** Commands that keep a value under a name: `npm config set`, `gh secret set`, `setx`, `set -gx`. */
const SETTERS =
  '(?:setx|setenv|set(?= -)|(?:config(?:ure|uration)?|secrets?|env|npm|vars?)[ :](?:set|put|add))(?: --?[a-zA-Z-]{1,16}){0,3}';
/** What ends a line before a name that a space alone gives a value: an option, or where Dockerfiles
 * and shells set variables. */
const BARE = `(?:^|[\\s"'\`])--?[A-Za-z][A-Za-z0-9_-]{1,60}|(?:^|\\n)(?:ENV|ARG) [A-Za-z0-9_]{1,60}|\\b${SETTERS} [A-Za-z0-9_.:/@-]{1,120}`;
const BEFORE_BARE = new RegExp(`(?:${BARE})$`);
/** The same where the value is in quotes: also definitions of C, CMake and Lisp, keys of Clojure, and
 * passwords of users of databases. */
const BEFORE_SPACE = new RegExp(
  `(?:${BARE}|\\b(?:WITH|with|ENCRYPTED|encrypted|LOGIN|login|(?:USER|user|ROLE|role) [^\\s;]{1,60}) (?:PASSWORD|password)|\\b(?:set\\(|(?:set|define|def(?:var|const|parameter)?|setq) )[A-Za-z0-9_-]{1,60}|[{\\s(]:[a-z0-9-]{1,60})$`,
);
/** What stands before the name in a call, and before that of a property in Gradle. */
const CALLED = /(?:(?:[\w$)\]]!?|VALUES )\(\s{0,8}\\?|\bproperty )["'`][A-Za-z0-9_.-]{1,100}$/i;
/** An option of a command in a list of its arguments: `["--api-key", "..."]`. */
const ARGUMENT = /["'`]--?[A-Za-z][A-Za-z0-9_-]{1,60}$/;
/** The begin of a list on lines of its own, and of a map, before the first value. */
const OF_MANY =
  /\n[ \t]*- ["'`]?$|[{[]\s*["'`]?[\w.-]+["'`]? ?(?::|=>) ?[bBrRfFLuU@$]{0,2}["'`]{1,3}$/;
/** Values of a build, which come after a type. */
const BUILD_VALUE = /\b(?:buildConfigField|resValue)\b[^\n]{0,60}$/;

/** A variable of the environment in a list of names and values: `[["API_KEY", "..."]]`. */
const LISTED = /[[({]\s{0,8}["'`][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,6}$/;

/** A statement of configuration up to the end of its name, as nginx, BIND and others write them. */
const STATEMENT =
  /(?:^|[\n{;])[ \t]{0,40}(?:(?:set|env|fastcgi_param|uwsgi_param|proxy_set_header) )?\$?[A-Za-z][A-Za-z0-9_.-]{1,60}$/;

/** Whether a match of ASSIGNMENT after the group `name` gives the name its value. A space does only
 * after an option of a command, in a Dockerfile and where shells set variables (`--token ...`,
 * `ENV TOKEN ...`, `set -gx TOKEN ...`), and in a statement of configuration (`secret "...";`); a comma
 * only in a call or after a variable of the environment, since lists and tuples have names beside other
 * values; lists on lines of their own and maps have values of the name where it says that it has more
 * than one. */
export function isAssigned({ groups, before, after }: SecretMatch): boolean {
  const { name = '', prefix = '', gap, pair, quote } = groups;
  const line = `${before}${name}`;
  if (gap !== undefined) {
    if (quote === undefined) return BEFORE_BARE.test(line);
    return BEFORE_SPACE.test(line) || (after.startsWith(`${quote};`) && STATEMENT.test(line));
  }
  if (pair !== undefined) return true;
  if (OF_MANY.test(prefix.slice(name.length))) return /s$/i.test(name);
  const isComma = /^[\\"'`\] \t]*,/.test(prefix.slice(name.length));
  if (!isComma || CALLED.test(line) || ARGUMENT.test(line)) return true;
  return LISTED.test(line) || BUILD_VALUE.test(before);
}
