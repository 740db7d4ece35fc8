import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'upstash-token',
  family: 'clouds',
  title: 'Upstash token',
  about: 'REST tokens of Upstash databases, by their name',
  names: ['upstash'],
  form: [run('base64Pad', 44, 120)],
});
