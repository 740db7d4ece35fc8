import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pipedream-key',
  family: 'clouds',
  title: 'Pipedream key',
  about: 'API keys of Pipedream next to its name',
  names: ['pipedream'],
  form: [run('hex', 32)],
});
