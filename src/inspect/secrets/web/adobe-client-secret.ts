import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'adobe-client-secret',
  family: 'web',
  title: 'Adobe client secret',
  about: 'Client secrets of Adobe (`p8e-`)',
  forms: [['p8e-', run('base64Url', 32)]],
});
