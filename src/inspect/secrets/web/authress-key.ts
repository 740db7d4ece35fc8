import { defineToken } from '../define.ts';
import { type Part, run } from '../token-form.ts';

const ACCOUNT_AND_KEY: readonly Part[] = [
  '.acc',
  ['-', '_'],
  run('dashed', 10, 32),
  '.',
  run('urlPad', 30, 120),
];

export const rule = defineToken({
  id: 'authress-key',
  family: 'web',
  title: 'Authress key',
  about:
    'Access keys of service clients of Authress (`sc_`, `ext_`, `scauth_`, `authress_` and an account)',
  forms: [
    [
      ['scauth_', 'authress_'],
      run('lowerDigit', 5, 30),
      '.',
      run('lowerDigit', 4, 6),
      ...ACCOUNT_AND_KEY,
    ],
    [
      ['"sc_', "'sc_", '=sc_', '"ext_', "'ext_", '=ext_'],
      run('alnum', 5, 30),
      '.',
      run('alnum', 4, 6),
      ...ACCOUNT_AND_KEY,
    ],
  ],
});
