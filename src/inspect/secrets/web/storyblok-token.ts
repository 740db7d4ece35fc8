import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'storyblok-token',
  family: 'web',
  title: 'Storyblok token',
  about: 'Tokens of Storyblok next to its name',
  names: ['storyblok'],
  form: [run('alnum', 22), 'tt'],
  severity: 'medium',
});
