import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'netlify-legacy-token',
  family: 'clouds',
  title: 'Netlify token',
  about: 'Older access tokens of Netlify, by their name',
  names: ['netlify'],
  form: [run('base64Url', 40, 46)],
});
