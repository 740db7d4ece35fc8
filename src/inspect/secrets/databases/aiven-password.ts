import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'aiven-password',
  family: 'databases',
  title: 'Aiven password',
  about: 'Passwords of Aiven services (`AVNS_`)',
  forms: [['AVNS_', run('base64Url', 19)]],
});
