import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'postman-collection-token',
  family: 'web',
  title: 'Postman collection token',
  about: 'Collection access tokens of Postman (`PMAT-`)',
  forms: [
    ['PMAT-', run('upperDigit', 26)],
    ['PMAT-', run('alnum', 26)],
  ],
});
