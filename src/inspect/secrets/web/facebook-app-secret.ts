import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'facebook-app-secret',
  family: 'web',
  title: 'Facebook app secret',
  about: 'Application secrets of Facebook next to its name',
  names: ['facebook', 'fb_app', 'fbApp'],
  form: [run('hex', 32)],
  also: /secret/i,
});
