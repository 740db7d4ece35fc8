import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksRandom } from '../../look-alikes/randomness.ts';
import { looksGenerated, surpriseOf } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeGivenPassword } from '../given-password.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';
import { run, sampleOf, UUID_PARTS } from '../token-form.ts';

/** Commands whose value may be a word that is none: those are not even noted. */
const QUIET = [
  'secrets set\\s(?:[^|;&\\n]{0,120}?\\s)?["\']?[A-Z][A-Z0-9_]{2,60}(?==)',
  'put-parameter\\s(?=[^|;&\\n]{0,300}SecureString)(?:[^|;&\\n]{0,240}?\\s)?--value(?=[ =])',
  'cypress run\\s(?:[^|;&\\n]{0,120}?\\s)?--key(?=[ =])',
  'codecov[^|;&\\n\\s]{0,20}\\)?\\s(?:[^|;&\\n]{0,80}?\\s)?-t(?=[ ])',
  '(?:ovsx|vsce) publish\\s(?:[^|;&\\n]{0,120}?\\s)?(?:-p|--pat)(?=[ =])',
];

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
  'sentinel auth-pass\\s{1,4}[^\\s]{1,60}\\s',
  '[Ss]ign[Tt]ool(?:\\.exe)?"?\\s(?:[^|;&\\n]{0,200}?\\s)?[/-]p(?=[ ])',
  '(?:notarytool|altool)\\s(?:[^|;&\\n]{0,240}?\\s)?(?:--password|-p)(?=[ =])',
  'security (?:(?:unlock|create)-keychain|set-key-partition-list|import)\\s(?:[^|;&\\n]{0,160}?\\s)?-[pPk](?=[ ])',
  '(?:smb|rpc)client\\s(?:[^|;&\\n]{0,120}?\\s)?-U\\s{0,4}["\']?[^\\s%"\']{1,60}%',
  'lftp\\s(?:[^|;&\\n]{0,120}?\\s)?-u\\s{1,4}["\']?[^\\s,"\']{1,60},',
  'jenkins-cli(?:\\.jar)?\\s(?:[^|;&\\n]{0,120}?\\s)?-auth\\s{1,4}["\']?[^\\s:"\']{1,60}:',
  'hatch publish\\s(?:[^|;&\\n]{0,120}?\\s)?(?:-a|--auth)(?=[ =])',
  'config (?:--local )?http-basic\\.[^\\s]{1,60}\\s{1,4}[^\\s]{1,60}\\s',
  '(?:ngrok |add-)authtoken(?=[ ])',
  '--passphrase(?=[ =])',
  'htpasswd[ \\t]{1,4}-[A-Za-z]{0,5}b[A-Za-z]{0,5}[ \\t]{1,4}(?:[^\\s|;&]{1,80}[ \\t]{1,4})?[^\\s|;&]{1,60}[ \\t]',
  'ipmitool\\s(?:[^|;&\\n]{0,160}?\\s)?-P(?=[ ])',
  '[wx]freerdp\\s(?:[^|;&\\n]{0,160}?\\s)?/p:',
  'net use\\s{1,4}(?:[A-Za-z*]:?\\s{1,4})?\\\\\\\\[^\\s]{1,120}\\s(?=[^\\n]{4,200}/user:)',
  'schtasks\\s(?:[^|;&\\n]{0,300}?\\s)?/(?:rp|RP)(?=[ ])',
  'open -u\\s{1,4}["\']?[^\\s,"\']{1,60},',
  'echo\\s{1,4}(?:-[en]\\s)?["\']?[a-z][a-z0-9_-]{0,30}:(?=[^\\n]{4,200}chpasswd)',
  'chpasswd:\\s{1,20}(?:expire:[^\\n]{1,20}\\s{1,20})?(?:list|users):\\s{0,4}\\|?\\s{1,20}(?:- )?[a-z][a-z0-9_-]{0,30}:',
  'assword[:*?" ]{1,6}\\s{1,4}\\{?\\s{0,12}send\\s{1,4}(?:--\\s)?(?=")',
  ...QUIET,
];

export const rule: SecretRule = {
  ...textsOf({
    id: 'command-password',
    version: 7,
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
    'sentinel auth-pass ',
    'signtool',
    'SignTool',
    'notarytool ',
    'altool ',
    'security import ',
    'security set-key-partition-list ',
    'security unlock-keychain ',
    'security create-keychain ',
    'smbclient ',
    'rpcclient ',
    'lftp ',
    'jenkins-cli',
    'hatch publish ',
    'config http-basic.',
    'config --local http-basic.',
    'ngrok authtoken ',
    'add-authtoken ',
    '--passphrase ',
    '--passphrase=',
    'htpasswd -',
    'ipmitool ',
    'xfreerdp ',
    'wfreerdp ',
    'net use ',
    'schtasks ',
    'open -u ',
    'echo "root:',
    "echo 'root:",
    'echo root:',
    'chpasswd:',
    'assword:"',
    'assword: "',
    'assword*"',
    'assword:*"',
    'secrets set ',
    'put-parameter ',
    'cypress run ',
    'codecov',
    'ovsx publish ',
    'vsce publish ',
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
      { about: 'a login', make: () => `sshpass -p '${SAMPLE_PASSWORD}' ssh app@q4zk.io\n` },
      { about: 'a registry', make: () => `docker login -u app -p ${SAMPLE_PASSWORD} q4zk.io\n` },
      { about: 'a database', make: () => `mysql -h db.q4zk.io -u app -p${SAMPLE_PASSWORD} main\n` },
      { about: 'a server', make: () => `redis-server --requirepass ${SAMPLE_PASSWORD}\n` },
      { about: 'its configuration', make: () => `port 6379\nmasterauth ${SAMPLE_PASSWORD}\n` },
      {
        about: 'a key store',
        make: () => `keytool -list -storepass ${SAMPLE_PASSWORD} -keystore a\n`,
      },
      {
        about: 'in PowerShell',
        make: () =>
          `New-User -Password (ConvertTo-SecureString "${SAMPLE_PASSWORD}" -AsPlainText -Force)\n`,
      },
      {
        about: 'the token of a request',
        make: () => `curl --oauth2-bearer "${SAMPLE_PASSWORD}" https://api.q4zk.io\n`,
      },
      {
        about: 'an upload to Apple',
        make: () =>
          `xcrun notarytool submit a.zip --apple-id app@q4zk.io --password ${['qvzk', 'wjxt', 'bmfh', 'rdgy'].join('-')}\n`,
      },
      {
        about: 'a program that is signed',
        make: () => `signtool sign /f a.pfx /p ${SAMPLE_PASSWORD} a.exe\n`,
      },
      {
        about: 'a key chain',
        make: () => `security unlock-keychain -p ${SAMPLE_PASSWORD} build.keychain\n`,
      },
      { about: 'a share', make: () => `smbclient //files/a -U app%${SAMPLE_PASSWORD}\n` },
      { about: 'a mirror', make: () => `lftp -u app,${SAMPLE_PASSWORD} sftp://q4zk.io\n` },
      {
        about: 'a repository of Poetry',
        make: () => `poetry config http-basic.q4zk app ${SAMPLE_PASSWORD}\n`,
      },
      {
        about: 'the key of a run that is recorded',
        make: () => `cypress run --record --key ${sampleOf(UUID_PARTS, 'cypress')}\n`,
      },
      {
        about: 'a variable of a service, whatever it is called',
        make: () => `fly secrets set MAIL_HOOK=${SAMPLE_PASSWORD}${SAMPLE_PASSWORD}\n`,
      },
      {
        about: 'a parameter that is kept encrypted',
        make: () =>
          `aws ssm put-parameter --name a --type SecureString --value "${SAMPLE_PASSWORD}${SAMPLE_PASSWORD}"\n`,
      },
      {
        about: 'a key that signs',
        make: () => `gpg --batch --passphrase '${SAMPLE_PASSWORD}' -s a\n`,
      },
      {
        about: 'a file of passwords',
        make: () => `htpasswd -bc .htpasswd bob ${SAMPLE_PASSWORD}\n`,
      },
      {
        about: 'a board',
        make: () => `ipmitool -H 10.2.3.4 -U ADMIN -P ${SAMPLE_PASSWORD} power on\n`,
      },
      { about: 'a screen', make: () => `xfreerdp /u:app /p:${SAMPLE_PASSWORD} /v:10.2.3.4\n` },
      {
        about: 'a drive',
        make: () => `net use Z: \\\\srv\\a ${SAMPLE_PASSWORD} /user:CORP\\app\n`,
      },
      {
        about: 'an account of a new machine',
        make: () => `chpasswd:\n  list: |\n    root:${SAMPLE_PASSWORD}\n`,
      },
      { about: 'an account', make: () => `RUN echo 'root:${SAMPLE_PASSWORD}' | chpasswd\n` },
      {
        about: 'what a script answers',
        make: () => `expect "*assword:"\nsend "${SAMPLE_PASSWORD}\\r"\n`,
      },
      { about: 'a key', make: () => `openssl rsa -in a.pem -passin pass:${SAMPLE_PASSWORD}\n` },
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
      {
        about: 'where a password is',
        make: () => 'xcrun altool --upload-app -u app --password @keychain:AC_PASSWORD',
      },
      {
        about: 'words of variables',
        make: () => 'fly secrets set LOG_LEVEL=debug PUBLIC_HOST=status.q4zk.io',
      },
      {
        about: 'a parameter that everyone may see',
        make: () => `aws ssm put-parameter --name a --type String --value "${SAMPLE_PASSWORD}"`,
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

const IS_QUIET = new RegExp(`^(?:${QUIET.join('|')})`);
const HELD: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where the command takes its secret, and looks random',
};
/** What Apple makes for programs, and bits of its letters that only chance makes. */
const APPLE = /^(?:notarytool|altool)/;
const FOURS = /^[a-z]{4}(?:-[a-z]{4}){3}$/;
const LEAST_BITS = 5.3;

function isDrawnUuid(text: string): boolean {
  return (
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) &&
    looksRandom(text.replaceAll('-', ''), 16)
  );
}

/** How what Windows encrypts for one account begins (DPAPI), and what a key of one's own does. */
const ENCRYPTED = /^(?:01000000d0|76492d1116743f04)/i;

/** The word itself, with digits and signs in place of letters, as manuals have it. */
const TYPED = /^(?=.{4,24}$).*p[a@4][s$5z]{1,2}w[o0]r?d/i;
const WORD: SecretAnswer = { confidence: 'weak', reason: 'its password reads like a word' };

function judge(match: SecretMatch): SecretAnswer | null {
  const { password = '', prefix = '' } = match.groups;
  // `@env:NAME` and `@keychain:NAME` say where it is
  if (ENCRYPTED.test(password) || /^@(?:env|keychain):/.test(password)) return null;
  if (APPLE.test(prefix) && FOURS.test(password)) {
    return surpriseOf(password.replaceAll('-', '')) >= LEAST_BITS ? HELD : null;
  }
  if (IS_QUIET.test(prefix)) {
    return looksGenerated(password) || isDrawnUuid(password) ? unlessExample(HELD, match) : null;
  }
  const answer = judgeGivenPassword(match);
  return answer?.confidence === 'plausible' && TYPED.test(password) ? WORD : answer;
}
