import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeGivenPassword } from '../given-password.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'database-user-password',
    version: 2,
    family: 'generic',
    title: 'password of a database user',
    about:
      "Passwords that statements give to users of MySQL, MariaDB and Oracle: `IDENTIFIED BY '...'`, with a plugin or without, in programs and in scripts",
  }),
  keywords: ['IDENTIFIED BY', 'identified by', 'IDENTIFIED WITH', 'identified with'],
  pattern:
    /(?<prefix>(?:IDENTIFIED|identified) (?:(?:WITH|with) \\?["'`]?[A-Za-z0-9_]{1,40}\\?["'`]? )?(?:BY|by) {1,4}(?:\\{0,2}["'`])?)(?<password>[^\s"'`\\;,()<>\0-\x1f\x7f]{4,200})/y,
  reach: 300,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'in a script',
        make: () => `CREATE USER 'app'@'%' IDENTIFIED BY '${SAMPLE_PASSWORD}';\n`,
      },
      {
        about: 'with a plugin',
        make: () =>
          `ALTER USER app IDENTIFIED WITH mysql_native_password BY '${SAMPLE_PASSWORD}';\n`,
      },
      {
        about: 'in a program',
        make: () => `run("create user app identified by \\"${SAMPLE_PASSWORD}\\"");\n`,
      },
      {
        about: 'without quotes',
        make: () => `CREATE USER app IDENTIFIED BY ${SAMPLE_PASSWORD};\n`,
      },
    ],
    noted: [{ about: 'a word', make: () => "CREATE USER app IDENTIFIED BY 'password1';\n" }],
    fine: [
      { about: 'a variable', make: () => `CREATE USER app IDENTIFIED BY '${'$'}{PASSWORD}';\n` },
      { about: 'a place for a value', make: () => 'CREATE USER app IDENTIFIED BY %(password)s;\n' },
      {
        about: 'a name in a manual',
        make: () => 'Creates a grant, identified by `relationalDatabaseName`\n',
      },
      { about: 'a sentence', make: () => 'rows are identified by their-own-keys, not by names\n' },
    ],
  },
};

/** What a statement about a user begins with; sentences say that something is identified by a name. */
const STATEMENT = /\b(?:create|alter|grant)\b[^;]{1,200}$/i;

/** Outside of quotes sentences go on so: only what chance made counts there. */
function judge(match: SecretMatch): SecretAnswer | null {
  const { prefix = '', password = '' } = match.groups;
  if (!STATEMENT.test(match.before) || /^[A-Za-z.]+$/.test(password)) return null;
  const answer = judgeGivenPassword(match);
  const isQuoted = /["'`]$/.test(prefix);
  return isQuoted || answer?.confidence === 'plausible' ? answer : null;
}
