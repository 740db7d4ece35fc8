import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dynatrace-token',
  family: 'observability',
  title: 'Dynatrace token',
  about: 'Tokens of Dynatrace (`dt0c01.` and others)',
  forms: [
    [
      ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s03.', 'dt0s04.', 'dt0s06.', 'dt0s08.', 'dt0s16.'],
      run('upperDigit', 8, 24),
      '.',
      run('upperDigit', 64),
    ],
  ],
});
