import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'bitbucket-data-center-token',
  family: 'forges',
  title: 'Bitbucket Data Center token',
  about: 'HTTP access tokens of Bitbucket Data Center (`BBDC-`)',
  forms: [['BBDC-', run('base64', 32, 60)]],
});
