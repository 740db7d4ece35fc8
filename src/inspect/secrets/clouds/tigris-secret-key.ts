import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'tigris-secret-key',
  family: 'clouds',
  title: 'Tigris secret key',
  about: 'Secret access keys of Tigris (`tsec_`)',
  forms: [['tsec_', run('base64Url', 60, 72)]],
});
