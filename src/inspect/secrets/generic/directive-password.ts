import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { decodeTypeSeven } from '../../secret-format/type-seven.ts';
import { textsOf } from '../define.ts';
import { judgeGivenPassword } from '../given-password.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

/** Directives that stand at the begin of a line, with a blank before their value. */
const AT_START = [
  'enable (?:secret|password)(?: level \\d{1,2})?(?: [07])?',
  'snmp-server community',
  '(?:tacacs|radius)-server (?:host [^\\s]{1,60} )?(?:[a-z-]{1,16} \\d{1,5} ){0,3}key(?: [07])?',
  'crypto isakmp key(?: [07])?',
  'bindpw',
  'rootpw(?: --plaintext)?',
  'ldap_default_authtok[ \\t]{0,4}=',
  'AuthLDAPBindPassword',
  'SessionCryptoPassphrase',
  'SSLPassPhraseDialog[ \\t]{1,4}"?\\|?/bin/echo',
  'remote_password',
  'auth_pass',
  'd-i passwd/[a-z-]{1,16}password(?:-again)? password',
  'stats auth [^\\s:]{1,60}:',
  'wpa_passphrase[ \\t]{0,4}=',
];
/** What stands within a line: behind whose it is. */
const WITHIN = [
  'privilege \\d{1,2} (?:secret|password)(?: [07])?',
  'insecure-password',
  'pre-shared-key(?: ascii-text)?(?: [07])?',
  'message-digest-key \\d{1,3} md5(?: [07])?',
  '(?:password|secret|key|key-string) [07](?= )',
  'cache_peer [^\\n]{1,120} login=[^\\s:]{1,60}:',
];

/** The same as routers keep it. */
const SEVEN = ['0217', '536D', '1332', '5D2C', '6717', '1A35', '122D', '005F', '2E'].join('');

/** A rule for lines of configuration in which a blank gives the value. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'directive-password',
    version: 1,
    family: 'generic',
    title: 'password of a directive',
    about:
      "Passwords in lines of configuration where a blank gives the value: routers (`enable secret`, `username ... privilege 15 password`, also as Cisco's type 7), LDAP (`bindpw`, `rootpw`), Apache (`AuthLDAPBindPassword`), HAProxy, Squid, Mosquitto, installers",
  }),
  keywords: [
    'enable secret ',
    'enable password ',
    'snmp-server community ',
    'tacacs-server ',
    'radius-server ',
    'crypto isakmp key ',
    'bindpw',
    'rootpw ',
    'ldap_default_authtok',
    'AuthLDAPBindPassword ',
    'SessionCryptoPassphrase ',
    'SSLPassPhraseDialog ',
    'remote_password ',
    'auth_pass ',
    'd-i passwd/',
    'stats auth ',
    'wpa_passphrase',
    'privilege ',
    'insecure-password ',
    'pre-shared-key ',
    'message-digest-key ',
    'password 7 ',
    'password 0 ',
    'secret 0 ',
    'key 7 ',
    'key-string 7 ',
    'cache_peer ',
  ],
  pattern: new RegExp(
    `(?<prefix>(?:(?<start>${AT_START.join('|')})|${WITHIN.join('|')})[ \\t]{0,8}["']?)(?<password>[^\\s"'\`;<>|]{6,160})`,
    'y',
  ),
  reach: 420,
  verify: judge,
  examples: {
    bad: [
      { about: 'of a router', make: () => `hostname edge\nenable secret ${SAMPLE_PASSWORD}\n!\n` },
      {
        about: 'as it keeps it',
        make: () => `hostname edge\nusername bob privilege 15 password 7 ${SEVEN}\n`,
      },
      {
        about: 'of an account',
        make: () => `hostname edge\nusername bob privilege 15 secret ${SAMPLE_PASSWORD}\n`,
      },
      {
        about: 'of a community',
        make: () => `hostname edge\nsnmp-server community ${SAMPLE_PASSWORD} RW\n`,
      },
      { about: 'of LDAP', make: () => `binddn cn=app\nbindpw ${SAMPLE_PASSWORD}\n` },
      {
        about: 'of Apache',
        make: () => `<Location />\n  AuthLDAPBindPassword "${SAMPLE_PASSWORD}"\n`,
      },
      { about: 'of HAProxy', make: () => `listen stats\n  stats auth app:${SAMPLE_PASSWORD}\n` },
      { about: 'of an installer', make: () => `lang en\nrootpw --plaintext ${SAMPLE_PASSWORD}\n` },
    ],
    fine: [
      { about: 'a word', make: () => 'enable secret cisco\nbindpw secret\n' },
      { about: 'a sentence', make: () => `We enable secret ${SAMPLE_PASSWORD} in a sentence.\n` },
      { about: 'a hash', make: () => `rootpw {SSHA}${SAMPLE_PASSWORD}${SAMPLE_PASSWORD}\n` },
      { about: 'a program that asks', make: () => 'AuthLDAPBindPassword exec:/usr/bin/get-Pw2x\n' },
      { about: 'a variable', make: () => 'bindpw @LDAP_PASSWORD_2x@\nrootpw ${ROOT_PW_9Z}\n' },
      {
        about: 'the word of a manual',
        make: () => `enable password 7 ${['070C', '285F', '4D06'].join('')}\n`,
      },
    ],
  },
};

/** What may follow the value on its line. */
const END = /^["']?[ \t]*(?:\r?\n|$|(?:RO|RW|ro|rw|address|primary|role|timeout|no-)\b|")/;
const NO_VALUE = /^(?:\{|\$|@|%|exec:|builtin|env:|\*)|^--/;

function judge(match: SecretMatch): SecretAnswer | null {
  const { prefix = '', password = '', start } = match.groups;
  const line = match.before.slice(match.before.lastIndexOf('\n') + 1);
  if (start === undefined ? !IN_LINE.test(line) : line.trim() !== '') return null;
  if (!END.test(match.after) || NO_VALUE.test(password)) return null;
  const plain = / 7[ \t]+$/.test(prefix) ? decodeTypeSeven(password) : password;
  if (plain === null) return null;
  const answer = judgeGivenPassword({ ...match, groups: { ...match.groups, password: plain } });
  if (answer?.confidence !== 'plausible') return null;
  return plain === password || looksGenerated(plain) || plain.length > 7 ? answer : null;
}

/** What directives of routers and servers begin with, up to the word before the value. */
const IN_LINE = /^[ \t]*(?:set )?[a-z][A-Za-z0-9 _./:-]{0,120}$|^[ \t]*$/;
