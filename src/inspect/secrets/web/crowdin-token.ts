import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'crowdin-token',
  family: 'web',
  title: 'Crowdin token',
  about: 'Personal tokens of Crowdin next to its name',
  names: ['crowdin'],
  form: [run('hex', 80)],
});
