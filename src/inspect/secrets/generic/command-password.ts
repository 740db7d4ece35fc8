import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { judgeConnection } from '../connection-url.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

const PASSWORD = ['q7Vx', 'T2mK', '9sLw', 'Zr4B'].join('');

/** Commands whose password follows `-p` or its like, with what may stand between. */
const WITH_OPTION = [
  'sshpass(?:\\.exe)?\\s{1,4}-p',
  '(?:docker|podman|buildah|skopeo|oras) login\\s(?:[^|;&\\n]{0,160}?\\s)?(?:-p|--password)',
  'redis-cli\\s(?:[^|;&\\n]{0,120}?\\s)?(?:-a|--pass)',
  'ldap(?:search|modify|add)\\s(?:[^|;&\\n]{0,200}?\\s)?-w',
  'mysql(?:dump|admin)?\\s(?:[^|;&\\n]{0,160}?\\s)?(?:-p(?! )|--password)',
  'mongo(?:sh|dump|restore)\\s(?:[^|;&\\n]{0,200}?\\s)?(?:-p|--password)',
  'sqlcmd\\s(?:[^|;&\\n]{0,160}?\\s)?-P',
  'twine upload\\s(?:[^|;&\\n]{0,160}?\\s)?(?:-p|--password)',
  '[Pp][Ss][Ee][Xx][Ee][Cc](?:\\.[Ee][Xx][Ee])?\\s(?:[^|;&\\n]{0,160}?\\s)?-p',
  'Connect-VIServer\\s(?:[^|;&\\n]{0,200}?\\s)?-Password',
  // lists of commands have the next one behind it
  'ConvertTo-SecureString(?:(?:\\s{1,4}-(?:String|AsPlainText|Force)){1,3}|(?=\\s{1,4}\\\\?["\']))',
  '--oauth2-bearer(?=[ =]{1,4}[^-])',
  '-(?:src|dest|new)?(?:store|key)pass',
  // an option of a server, and a line of its configuration
  '(?:requirepass|masterauth)',
];

export const rule: SecretRule = {
  ...textsOf({
    id: 'command-password',
    version: 4,
    family: 'generic',
    title: 'password of a command',
    about:
      'Passwords that are given to commands: `sshpass -p`, `docker login -p`, `mysql -p`, `redis-cli -a`, `requirepass`, `-storepass`, `openssl -passin pass:` and their like',
  }),
  keywords: [
    'sshpass',
    ...['docker', 'podman', 'buildah', 'skopeo', 'oras'].map((name) => `${name} login`),
    'redis-cli ',
    'ldapsearch ',
    'ldapmodify ',
    'ldapadd ',
    'mysql -',
    'mysqldump ',
    'mysqladmin ',
    'mongosh ',
    'mongodump ',
    'mongorestore ',
    'sqlcmd ',
    'twine upload ',
    'psexec',
    'PSEXEC',
    'PsExec',
    'Connect-VIServer ',
    'ConvertTo-SecureString ',
    '--oauth2-bearer',
    'requirepass ',
    'masterauth ',
    '-storepass',
    '-keypass',
    '-srcstorepass',
    '-deststorepass',
    '-pass pass:',
    '-passin pass:',
    '-passout pass:',
  ],
  pattern: new RegExp(
    `(?<prefix>(?:(?:${WITH_OPTION.join('|')})[ =]{0,4}|-pass(?:in|out)? pass:)\\\\?["']?)(?<password>[^\\s"'\`|;&<>()\\\\\\0-\\x1f\\x7f]{4,200})`,
    'y',
  ),
  reach: 480,
  verify: judge,
  examples: {
    bad: [
      { about: 'a login', make: () => `sshpass -p '${PASSWORD}' ssh app@q4zk.io\n` },
      { about: 'a registry', make: () => `docker login -u app -p ${PASSWORD} q4zk.io\n` },
      { about: 'a database', make: () => `mysql -h db.q4zk.io -u app -p${PASSWORD} main\n` },
      { about: 'a server', make: () => `redis-server --requirepass ${PASSWORD}\n` },
      { about: 'its configuration', make: () => `port 6379\nmasterauth ${PASSWORD}\n` },
      { about: 'a key store', make: () => `keytool -list -storepass ${PASSWORD} -keystore a\n` },
      {
        about: 'in PowerShell',
        make: () =>
          `New-User -Password (ConvertTo-SecureString "${PASSWORD}" -AsPlainText -Force)\n`,
      },
      {
        about: 'the token of a request',
        make: () => `curl --oauth2-bearer "${PASSWORD}" https://api.q4zk.io\n`,
      },
      { about: 'a key', make: () => `openssl rsa -in a.pem -passin pass:${PASSWORD}\n` },
    ],
    fine: [
      {
        about: 'lists of commands and of options',
        make: () =>
          'ConvertTo-Json ConvertTo-SecureString ConvertFrom-SecureString Copy-Item\n--oauth2-bearer --Proxy-Basic-0\n',
      },
      { about: 'a variable', make: () => 'docker login -u app -p $PASSWORD q4zk.io' },
      { about: 'a password that is asked for', make: () => 'mysql -h db.q4zk.io -u root -p main' },
      {
        about: 'options of a command in a program, with what stands between them there',
        make: () => '-deststoretype\0\0-deststorepass\0\x03-q\x01\0[agent] K7x\0-alias',
      },
      {
        about: 'a password that Windows has encrypted for one account',
        make: () =>
          `ConvertTo-SecureString "${sampleOf([run('hex', 100)], 'a').replace(/^.{10}/, '01000000d0')}"`,
      },
      { about: 'a port', make: () => 'redis-cli -h q4zk.io -p 6379 ping' },
    ],
    noted: [
      { about: 'a word', make: () => 'keytool -list -storepass changeit -keystore a' },
      {
        about: 'a word with signs and digits, as manuals have it',
        make: () =>
          `ConvertTo-SecureString '${['P@ssw', '0rd', '2024!x'].join('')}' -AsPlainText -Force`,
      },
    ],
  },
};

/** How what Windows encrypts for one account begins (DPAPI), and what a key of one's own does. */
const ENCRYPTED = /^(?:01000000d0|76492d1116743f04)/i;

/** The word itself, with digits and signs in place of letters, as manuals have it. */
const TYPED = /^(?=.{4,24}$).*p[a@4][s$5z]{1,2}w[o0]r?d/i;
const WORD: SecretAnswer = { confidence: 'weak', reason: 'its password reads like a word' };

function judge(match: SecretMatch): SecretAnswer | null {
  const { password = '' } = match.groups;
  if (ENCRYPTED.test(password)) return null;
  const answer = judgeConnection({
    ...match,
    groups: { user: '', password, host: 'h.remote.net' },
  });
  return answer?.confidence === 'plausible' && TYPED.test(password) ? WORD : answer;
}
