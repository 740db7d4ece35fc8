import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'gitbook-token',
  family: 'chat',
  title: 'GitBook token',
  about: 'API tokens of GitBook (`gb_api_`)',
  forms: [['gb_api_', run('alnum', 40)]],
});
