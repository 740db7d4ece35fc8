import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'hetzner-token',
  family: 'clouds',
  title: 'Hetzner Cloud token',
  about: 'API tokens of Hetzner Cloud, by their name',
  names: ['hetzner', 'hcloud'],
  form: [run('alnum', 64)],
});
