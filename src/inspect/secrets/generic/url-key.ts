import type { SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeNamedValue } from '../generic-value.ts';
import { run, sampleOf } from '../token-form.ts';

const KEYWORDS = ['?key=', '&key=', '&amp;key=', '?auth=', '&auth=', '&amp;auth='];
const SAMPLE = sampleOf([run('alnum', 32)], 'url-key');

/** A rule for keys in the query of an address under a name that says no more than that. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'url-key',
    version: 2,
    family: 'generic',
    title: 'key in an address',
    about: 'Random values after `key` or `auth` in the query of an address',
  }),
  keywords: KEYWORDS,
  pattern: /(?<prefix>[?&](?:amp;)?(?:key|auth)=)(?<value>[A-Za-z0-9_-]{24,200})/y,
  reach: 220,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      { about: 'in a program', make: () => `load("https://api.acme.test/v1?key=${SAMPLE}")\n` },
      { about: 'of two', make: () => `url = 'https://acme.test/a?b=c&auth=${SAMPLE}&d=1'\n` },
    ],
    fine: [
      { about: 'words', make: () => '"https://acme.test/?key=some-name-of-a-setting-1"\n' },
      { about: 'no address', make: () => `f(a?key=${SAMPLE})\n` },
      { about: 'a key that pages show', make: () => `"https://acme.test/?key=pk_${SAMPLE}"\n` },
    ],
  },
};

/** Keys that their owners put into pages, and those that have rules of their own. */
const PUBLIC = /^(?:AIza|pk[._-]|pub|phc_)/;

function judge(match: SecretMatch) {
  const { value = '' } = match.groups;
  if (PUBLIC.test(value) || !/^(?:[&"'`\s#<)\\]|$)/.test(match.after)) return null;
  if (!/:\/\/[^\s"'`<>]{1,200}$/.test(match.before)) return null;
  return judgeNamedValue('api_key', match);
}
