import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'vercel-legacy-token',
  family: 'clouds',
  title: 'Vercel token',
  about: 'Older tokens of Vercel, 24 characters, by their name',
  names: ['vercel'],
  form: [run('alnum', 24)],
});
