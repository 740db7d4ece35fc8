import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'heartland-secret-key',
  family: 'payment',
  title: 'Heartland secret key',
  about: 'Secret keys of Heartland (`skapi_prod_`, `skapi_cert_`)',
  forms: [[['skapi_prod_', 'skapi_cert_'], run('base64Url', 34, 48)]],
});
