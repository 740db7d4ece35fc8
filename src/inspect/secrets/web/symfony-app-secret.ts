import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'symfony-app-secret',
  family: 'web',
  title: 'application secret',
  about: 'Secrets of Symfony and other frameworks (`APP_SECRET`)',
  names: ['app_secret', 'appSecret'],
  form: [run('hex', 32, 64)],
});
