import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'upstage-key',
  family: 'ai',
  title: 'Upstage key',
  about: 'API keys of Upstage next to the name',
  names: ['upstage'],
  form: [run('alnum', 32, 50)],
});
