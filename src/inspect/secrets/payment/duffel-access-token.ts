import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'duffel-access-token',
  family: 'payment',
  title: 'Duffel access token',
  about: 'Access tokens of Duffel (`duffel_live_`)',
  forms: [[['duffel_live_', 'duffel_test_'], run('base64Url', 43)]],
});
