import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'travis-token',
  family: 'forges',
  title: 'Travis CI token',
  about: 'Access tokens of Travis CI, by their name',
  names: ['travis'],
  form: [run('base64Url', 22)],
});
