import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cloudsmith-key',
  family: 'registries',
  title: 'Cloudsmith API key',
  about: 'API keys of Cloudsmith, by their name',
  names: ['cloudsmith'],
  form: [run('hex', 40)],
});
