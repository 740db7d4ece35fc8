import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'heroku-token',
  family: 'clouds',
  title: 'Heroku API token',
  about: 'API tokens of Heroku (`HRKU-`)',
  forms: [['HRKU-AA', run('base64Url', 58)]],
});
