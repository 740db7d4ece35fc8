import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** Three more groups of five, as both forms end. */
const THREE_OF_FIVE = [1, 2, 3].flatMap(() => ['-', run('upperDigit', 5)]);

export const rule = defineToken({
  id: 'onepassword-secret-key',
  family: 'forges',
  title: '1Password secret key',
  about: 'Secret keys of 1Password accounts (`A3-`)',
  forms: [
    ['A3-', run('upperDigit', 6), '-', run('upperDigit', 11), ...THREE_OF_FIVE],
    [
      'A3-',
      run('upperDigit', 6),
      '-',
      run('upperDigit', 6),
      '-',
      run('upperDigit', 5),
      ...THREE_OF_FIVE,
    ],
  ],
});
