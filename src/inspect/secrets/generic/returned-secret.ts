import type { SecretMatch, SecretRule } from '../../rule.ts';
import { byteTable } from '../../search/byte-table.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue } from '../generic-value.ts';
import { run, sampleOf } from '../token-form.ts';

const LEAST = 20;
const SAMPLE = [run('alnum', 32)];

/** A rule for what a function answers whose name says that it is a secret. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'returned-secret',
    version: 3,
    family: 'generic',
    title: 'secret of a function',
    about:
      'Random values that a function returns whose name says that they are secret: `getApiToken() { return "..." }`',
  }),
  keywords: [
    ...['return "', "return '", 'return `', 'return"', "return'"],
    ...['=> "', "=> '", '-> "'],
  ],
  pattern: new RegExp(
    `(?<prefix>(?:return ?|[=-]> )(?<quote>["'\`]))(?<value>[A-Za-z0-9+/=_.~!@#%^*?$:|-]{${LEAST},400})`,
    'y',
  ),
  mayFit,
  reach: 440,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a function',
        make: () => `function getApiToken() {\n  return "${sampleOf(SAMPLE, 'a')}";\n}\n`,
      },
      {
        about: 'a function of Go',
        make: () => `func vendorToken() string{ return "${sampleOf(SAMPLE, 'b')}" }\n`,
      },
      {
        about: 'a method of Python',
        make: () => `    def secret_key(self) -> str:\n        return '${sampleOf(SAMPLE, 'c')}'\n`,
      },
      {
        about: 'an arrow',
        make: () => `const getAccessToken = async () => "${sampleOf(SAMPLE, 'd')}";\n`,
      },
      {
        about: 'a getter',
        make: () => `  get clientSecret(): string { return '${sampleOf(SAMPLE, 'e')}'; }\n`,
      },
    ],
    noted: [
      {
        about: 'in an example',
        make: () =>
          `// for example:\nfunction getApiToken() {\n  return "${sampleOf(SAMPLE, 'f')}";\n}\n`,
      },
    ],
    fine: [
      {
        about: 'another function',
        make: () => `function getName() {\n  return "${sampleOf(SAMPLE, 'g')}";\n}\n`,
      },
      {
        about: 'a function that asks first',
        make: () =>
          `function getToken() {\n  if (a) { b(); }\n  return "${sampleOf(SAMPLE, 'h')}" + c;\n}\n`,
      },
      {
        about: 'words',
        make: () => 'function getToken() {\n  return "there-is-no-token-for-you";\n}\n',
      },
      {
        about: 'a key of no said kind',
        make: () => `  storageKey() { return "${sampleOf(SAMPLE, 'j')}" }\n`,
      },
      {
        about: 'a public name',
        make: () => `function cacheKey() {\n  return "${sampleOf(SAMPLE, 'i')}";\n}\n`,
      },
    ],
  },
};

const OF_VALUE = byteTable(/[A-Za-z0-9+/=_.~!@#%^*?$:|-]/);
const BACKSLASH = 0x5c;

/** Whether so many characters without a blank follow: most strings that a function returns have some. */
function mayFit(content: Uint8Array, at: number): boolean {
  for (let place = at; place < at + LEAST; place += 1) {
    const byte = content[place] ?? 0;
    if (OF_VALUE[byte] !== 1) return byte === BACKSLASH;
  }
  return true;
}

/** What is called a secret and takes arguments, and nothing but an opening before the return: `name(...) {`,
 * `name(...): string {`, `name(...) string {`, `def name(...) -> str:`, `name = (...) =>`. */
const FUNCTION =
  /(?<![A-Za-z0-9_$.])(?<called>[A-Za-z_$][A-Za-z0-9_$]{2,60})(?: ?[:=] ?(?:async )?(?:function ?)?)?\([^()\n]{0,80}\)[ \t]{0,2}(?:(?::|->)? ?[A-Za-z<>[\]]{1,24}[ \t]{0,2})?[{:]?\s{0,24}$/;
const SECRET_NAME =
  /(?:token|secret|password|passwd|credential|(?:api|secret|access|private|auth|service|admin|master|encryption|signing|license|client|account|server)_?key)s?$/i;
/** What a name of a function says that it does. */
const VERB =
  /^_{0,2}(?:get|fetch|load|read|make|create|build|default|provide|resolve|use)_?(?=[A-Za-z])/;

function judge(match: SecretMatch) {
  const { quote = '"' } = match.groups;
  if (!match.after.startsWith(quote) || /^.\s{0,4}[+.,\])]/.test(match.after)) return null;
  const called = FUNCTION.exec(match.before)?.groups?.['called'] ?? '';
  if (!SECRET_NAME.test(called)) return null;
  const name = called.replace(VERB, '');
  return judgeNamedValue(name, match);
}
