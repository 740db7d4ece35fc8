import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'dropbox-legacy-token',
  family: 'chat',
  title: 'Dropbox access token',
  about: 'Long-lived access tokens of Dropbox (ten `A` in a row inside) next to its name',
  names: ['dropbox'],
  form: [run('alnum', 11), 'AAAAAAAAAA', run('base64Url', 43)],
  also: /./,
});
