import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'zenrows-key',
  family: 'web',
  title: 'ZenRows key',
  about: 'API keys of ZenRows next to its name',
  names: ['zenrows'],
  form: [run('hex', 40)],
});
