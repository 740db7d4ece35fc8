import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'intercom-access-token',
  family: 'chat',
  title: 'Intercom access token',
  about: 'Access tokens of Intercom, base64 of a text that starts with `tok:`',
  forms: [['dG9rO', run('base64', 50, 57), '=']],
});
