import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'ghost-admin-key',
  family: 'web',
  title: 'Ghost admin key',
  about: 'Admin API keys of Ghost next to its name',
  names: ['ghost'],
  form: [run('hex', 24), ':', run('hex', 64)],
});
