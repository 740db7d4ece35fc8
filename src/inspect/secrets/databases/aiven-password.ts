import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'aiven-password',
  family: 'databases',
  title: 'Aiven password',
  version: 7,
  about: 'Passwords of Aiven services (`AVNS_`), of which older ones are shorter',
  forms: [
    ['AVNS_', run('base64Url', 19)],
    ['AVNS_', run('base64Url', 15)],
  ],
});
