import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'teamwork-token',
  family: 'chat',
  title: 'Teamwork token',
  about: 'Access tokens of Teamwork (`tkn.v1_`)',
  forms: [['tkn.v1_', run('base64', 60, 100)]],
});
