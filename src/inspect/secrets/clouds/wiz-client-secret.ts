import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'wiz-client-secret',
  family: 'clouds',
  title: 'Wiz client secret',
  about: 'Client secrets of Wiz next to the name',
  names: ['wiz_client', 'wizClient', 'wiz_secret', 'wiz_api'],
  form: [run('alnum', 64)],
});
