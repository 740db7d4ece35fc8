import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'materialize-password',
  family: 'databases',
  title: 'Materialize app password',
  about: 'App passwords of Materialize (`mzp_`)',
  forms: [
    ['mzp_', run('hex', 64)],
    ['mzp_', run('base64Url', 43, 44)],
  ],
});
