import { unlessExample } from '../../look-alikes/example-context.ts';
import { surpriseOf } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeGivenPassword } from '../given-password.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

/** As a person chooses one. */
const TYPED = ['Willow', 'Garden', '!61'].join('.');

/** An argument of a call: a string, or a name or number without blanks. */
const ARGUMENT = '(?:"[^"\\n]{0,200}"|\'[^\'\\n]{0,200}\'|[^\\s"\'`,()]{1,60})';

/** Calls whose second argument is a password. */
const SECOND = [
  '.login(',
  '.authenticate(',
  'auth=(',
  'auth = (',
  'HTTPBasicAuth(',
  'HTTPDigestAuth(',
  'BasicAuth(',
  'basic_auth(',
  'basicAuth(',
  'NetworkCredential(',
  'PSCredential(',
  'UsernamePasswordCredentials(',
  'PasswordAuthentication(',
  'simple_bind_s(',
  'PlainTextAuthProvider(',
  'PlainCredentials(',
  'WiFi.begin(',
];

/** Calls whose third argument is one, or their fourth behind a port. */
const THIRD = [
  'mysqli(',
  'mysqli_connect(',
  'mysql_connect(',
  'PDO(',
  'getConnection(',
  'Sequelize(',
  'FTP(',
  'FTP_TLS(',
  'PlainAuth(',
  'ldap_bind(',
  'ssh2_auth_password(',
  'ssh.connect(',
  'pymysql.connect(',
  'MySQLdb.connect(',
  'DBI->connect(',
];

export const rule: SecretRule = {
  ...textsOf({
    id: 'call-credentials',
    version: 4,
    family: 'generic',
    title: 'password in a call',
    about:
      'Passwords by their place in a call that logs in: `mysqli_connect("host", "user", "...")`, `HTTPBasicAuth("user", "...")`, `auth=("user", "...")` and their like',
  }),
  keywords: [...SECOND, ...THIRD],
  pattern: new RegExp(
    `(?<prefix>(?:${patternOf(SECOND)}\\s{0,12}|${patternOf(THIRD)}\\s{0,12}${ARGUMENT}\\s{0,4},\\s{0,12}(?:\\d{2,5},\\s{0,12})?)${ARGUMENT}\\s{0,4},\\s{0,12}(?:\\(?ConvertTo-SecureString |Some\\()?["'])(?<password>[^"'\`\\n]{4,100})["']`,
    'y',
  ),
  reach: 700,
  verify: judge,
  examples: {
    bad: [
      { about: 'in Python', make: () => `requests.get(url, auth=("app", "${SAMPLE_PASSWORD}"))\n` },
      {
        about: 'in PHP',
        make: () => `$db = mysqli_connect('db7.q4zk.io', 'app', '${SAMPLE_PASSWORD}', 'main');\n`,
      },
      {
        about: 'in Java',
        make: () => `DriverManager.getConnection(address, "app", "${SAMPLE_PASSWORD}");\n`,
      },
      {
        about: 'in PowerShell',
        make: () => `PSCredential("app", (ConvertTo-SecureString "${SAMPLE_PASSWORD}" -Force))\n`,
      },
      {
        about: 'a password that Google made for a program',
        make: () =>
          `server.login("app@q4zk.io", "${['qvzk', 'wjxt', 'bmfh', 'rdgy'].join(' ')}")\n`,
      },
      { about: 'in a device', make: () => `WiFi.begin("office", "${SAMPLE_PASSWORD}");\n` },
      { about: 'in Rust', make: () => `client.basic_auth("app", Some("${SAMPLE_PASSWORD}"))\n` },
      { about: 'one that a person chose', make: () => `PDO(address, 'app', '${TYPED}');\n` },
      {
        about: 'behind a port',
        make: () => `ssh.connect("q4zk.io", 22, "app", "${SAMPLE_PASSWORD}")\n`,
      },
    ],
    fine: [
      { about: 'a sentence', make: () => 'form.login("app", "must come from here")' },
      { about: 'words', make: () => 'requests.get(url, auth=("user", "password"))' },
      { about: 'one of a test', make: () => 'client.login("alice", "password123")' },
      { about: 'a variable', make: () => 'HTTPBasicAuth("app", config.password)' },
      { about: 'a template', make: () => `new PDO('mysql:host=db', 'app', '${'$'}{PASSWORD}')` },
    ],
  },
};

function patternOf(names: readonly string[]): string {
  return `(?:${names.map((name) => name.replace(/[.()]/g, '\\$&')).join('|')})`;
}

/** Words are not even noted: manuals have them everywhere. */
function judge(match: SecretMatch): SecretAnswer | null {
  const { password = '' } = match.groups;
  if (FOURS.test(password)) {
    return surpriseOf(password.replaceAll(' ', '')) >= LEAST_BITS
      ? unlessExample(DRAWN, match)
      : null;
  }
  const answer = judgeGivenPassword(match);
  return answer?.confidence === 'plausible' ? DRAWN : null;
}

const DRAWN: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where a call takes a password, and is none of an example',
};
/** Letters in fours, as Google makes passwords for programs; bits of a letter that only chance makes. */
const FOURS = /^[a-z]{4}(?: [a-z]{4}){3}$/;
const LEAST_BITS = 5.3;
