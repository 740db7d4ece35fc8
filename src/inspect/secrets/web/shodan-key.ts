import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'shodan-key',
  family: 'web',
  title: 'Shodan key',
  about: 'API keys of Shodan next to its name',
  names: ['shodan'],
  form: [run('alnum', 32)],
});
