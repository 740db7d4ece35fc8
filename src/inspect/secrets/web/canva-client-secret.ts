import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'canva-client-secret',
  family: 'web',
  title: 'Canva client secret',
  about: 'Client secrets of Canva (`cnvca`)',
  forms: [['cnvca', run('base64Url', 51)]],
});
