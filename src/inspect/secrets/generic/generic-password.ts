import { defineGenericValue } from '../generic-value.ts';
import { withFine } from '../more-examples.ts';

const made = defineGenericValue({
  id: 'generic-password',
  family: 'generic',
  title: 'password',
  about: 'Random values that are assigned to a name with password in it',
  words: ['password', 'passwd', 'passphrase', 'pass_phrase', 'passcode'],
  lastWords: ['pass', 'pwd', '_pw'],
  least: 8,
});

/** Strings as Go packs them. */
const PACKED = 'PATHermsfsrmsse3avx2bmi1bmi23125sizeicmpigmp';

/** As people type them for an example. */
const TYPED = [
  'SomePas2w0rd',
  'Very$ecur3',
  'IamAp483p45a83',
  'C2sco456!2',
  'Zx-S3cr3t-81vQ',
  'qsaA12!asdasd',
];

/** As a person chooses them who has an account. */
const [LONG, SHORT] = [['pepper', 'Willow', '98'].join(''), ['Saturn', '2006$'].join('')];

/** Of them names of code look most alike. */
const NAMES_OF_CODE = [
  `{ user: 'col_user01', password: 'col_pwd02' }`,
  `{ user: 'E_USER_1001', password: 'ERR_PWD_1002' }`,
  `{ user: 'icon-user2x', password: 'icon-lock32x' }`,
  `{ host: 'gpu', pass: 'bloomBlur13x13' }`,
  `{ user: 'Nutzer', password: 'Kennwort2' }`,
  `{ user: 'name', password: 'inputField22' }`,
  `{ username: 'alice', password_algorithm: 'scryptOf4096' }`,
  `{ username: 'bob', password: 'Passw0rd22' }`,
];

export const rule = withFine(
  made,
  [
    {
      about: 'strings of a program of Go, side by side',
      make: () => `TrueVIEW...\`.inf.nanTRUENullNULL.NaN.Inf.INFYAMLPWD=${PACKED}\t\n`,
    },
    {
      about: 'a constant in columns, a number',
      make: () => 'E_REQUIRED_FOR_MULTIPASS                       = 0xC00D1BE7\n',
    },
    ...TYPED.map((value) => ({
      about: `${value}, typed for an example`,
      make: () => `domain_password: "${value}"\n`,
    })),
    ...NAMES_OF_CODE.map((text) => ({ about: 'a name of code', make: () => `${text}\n` })),
    { about: 'one that a person chose, for nobody', make: () => `const password = "${LONG}"\n` },
  ],
  [
    { about: 'one that a person chose', make: () => `username: shop\npassword: ${LONG}\n` },
    { about: 'the same, under the name of a database', make: () => `DB_PASSWORD=${LONG}\n` },
    { about: 'the same, with all that forms ask for', make: () => `redis-password: ${SHORT}\n` },
    { about: 'a short name', make: () => `mail:\n  user: bob\n  smtp_pw: "${LONG}"\n` },
  ],
);
