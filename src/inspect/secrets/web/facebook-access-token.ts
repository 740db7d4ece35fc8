import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'facebook-access-token',
  family: 'web',
  title: 'Facebook access token',
  about: 'Access tokens of Facebook users, pages and applications (`EAA`)',
  forms: [
    [
      [
        'EAAA',
        'EAAB',
        'EAAC',
        'EAAD',
        'EAAE',
        'EAAF',
        'EAAG',
        'EAAH',
        'EAAI',
        'EAAJ',
        'EAAK',
        'EAAL',
        'EAAM',
      ],
      run('alnum', 100, 400),
    ],
  ],
});
