import { unlessExample } from '../../look-alikes/example-context.ts';
import { isPlaceholder } from '../../look-alikes/randomness.ts';
import { looksGenerated, surpriseOf } from '../../look-alikes/surprise.ts';
import type { SecretMatch, SecretRule } from '../../rule.ts';
import { ASSIGNMENT, isAssigned } from '../assignment.ts';
import { textsOf } from '../define.ts';
import { camel, capitalize } from '../name-spelling.ts';
import { createStepPattern } from '../step-pattern.ts';

const NAMES = [
  'app_password',
  'app_specific',
  'application_password',
  'email_host',
  'email_pass',
  'gmail_pass',
  'mail_pass',
  'smtp_pass',
];
const KEYWORDS = [
  ...new Set(
    NAMES.flatMap((name) => {
      const joined = camel(name);
      return [name, name.toUpperCase(), joined, capitalize(joined)];
    }),
  ),
];
/** Bits of a letter that only chance makes; words have four. */
const LEAST_BITS = 5.3;

export const rule: SecretRule = {
  ...textsOf({
    id: 'app-password',
    version: 2,
    family: 'generic',
    title: 'password of an app',
    about:
      'Letters in fours, as Google, Apple and WordPress make passwords for programs, after their name',
    attack: 'Anyone reads and sends mail as the owner, without a second factor',
    mend: 'Revoke the password in the account now, then remove it from the package',
  }),
  keywords: KEYWORDS,
  pattern: createStepPattern(
    new RegExp(`(?<name>(?:${KEYWORDS.join('|')})[A-Za-z0-9_]{0,24})`, 'y'),
    ASSIGNMENT,
    /(?<value>[a-z]{4}(?<sign>[ -]?)[a-z]{4}\k<sign>[a-z]{4}\k<sign>[a-z]{4}|[A-Za-z0-9]{4}(?: [A-Za-z0-9]{4}){5})(?![A-Za-z0-9_-]| [A-Za-z0-9])/y,
  ),
  reach: 160,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'of Google, in the environment',
        make: () => `GMAIL_APP_PASSWORD=${FOURS.join(' ')}\n`,
      },
      {
        about: 'of WordPress',
        make: () =>
          `WP_APPLICATION_PASSWORD="${['q7Zk', 'W2xT', 'b4Mf', 'H9rd', 'Gy3p', 'N8vC'].join(' ')}"\n`,
      },
      { about: 'of Apple', make: () => `appSpecificPassword: '${FOURS.join('-')}',` },
    ],
    fine: [
      { about: 'words', make: () => 'smtp_pass: "this must come from"' },
      { about: 'a placeholder', make: () => `GMAIL_APP_PASSWORD="${'xxxx '.repeat(3)}xxxx"` },
    ],
  },
};

const FOURS = ['qvzk', 'wjxt', 'bmfh', 'rdgy'];

function judge(match: SecretMatch) {
  const { name = '', value = '' } = match.groups;
  const letters = value.replace(/[^A-Za-z0-9]/g, '');
  if (!/pass/i.test(name) || !isAssigned(match) || isPlaceholder(letters)) return null;
  const isDrawn = letters.length > 16 ? looksGenerated(letters) : surpriseOf(letters) >= LEAST_BITS;
  return isDrawn
    ? unlessExample({ confidence: 'plausible', reason: 'its letters look drawn' }, match)
    : null;
}
