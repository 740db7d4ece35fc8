import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'novu-api-key',
  family: 'mail',
  title: 'Novu API key',
  about: 'API keys of Novu next to its name',
  names: ['novu'],
  form: [run('hex', 32)],
});
