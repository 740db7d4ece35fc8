import { defineToken } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'heroku-token',
  version: 7,
  family: 'clouds',
  title: 'Heroku API token',
  about: 'API tokens of Heroku (`HRKU-`)',
  forms: [
    ['HRKU-', run('base64Url', 60)],
    ['HRKU-', ...UUID_PARTS],
  ],
});
