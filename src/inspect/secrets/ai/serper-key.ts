import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'serper-key',
  family: 'ai',
  title: 'Serper API key',
  about: 'API keys of Serper, by their name',
  severity: 'medium',
  names: ['serper'],
  form: [run('hex', 40)],
});
