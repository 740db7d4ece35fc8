import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'buildkite-token',
  family: 'forges',
  title: 'Buildkite token',
  about: 'User access tokens of Buildkite (`bkua_`)',
  forms: [['bkua_', run('hex', 40)]],
});
