import { defineGenericValue } from '../generic-value.ts';
import { withFine } from '../more-examples.ts';

const made = defineGenericValue({
  id: 'generic-password',
  family: 'generic',
  title: 'password',
  about: 'Random values that are assigned to a name with password in it',
  words: ['password', 'passwd', 'passphrase', 'pass_phrase', 'passcode'],
  lastWords: ['pass', 'pwd'],
  least: 10,
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

export const rule = withFine(made, [
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
]);
