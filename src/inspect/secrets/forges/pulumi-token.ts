import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'pulumi-token',
  family: 'forges',
  title: 'Pulumi access token',
  about: 'Access tokens of Pulumi (`pul-` and 40 hex digits)',
  forms: [['pul-', run('hex', 40)]],
});
