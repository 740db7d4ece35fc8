import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'scalingo-token',
  family: 'clouds',
  title: 'Scalingo token',
  about: 'API tokens of Scalingo (`tk-us-`)',
  forms: [['tk-us-', run('base64Url', 48)]],
});
