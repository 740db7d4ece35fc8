import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'onepassword-secret-key',
  family: 'forges',
  title: '1Password secret key',
  about: 'Secret keys of 1Password accounts (`A3-`)',
  forms: [
    [
      'A3-',
      run('upperDigit', 6),
      '-',
      run('upperDigit', 11),
      '-',
      run('upperDigit', 5),
      '-',
      run('upperDigit', 5),
      '-',
      run('upperDigit', 5),
    ],
    [
      'A3-',
      run('upperDigit', 6),
      '-',
      run('upperDigit', 6),
      '-',
      run('upperDigit', 5),
      '-',
      run('upperDigit', 5),
      '-',
      run('upperDigit', 5),
      '-',
      run('upperDigit', 5),
    ],
  ],
});
