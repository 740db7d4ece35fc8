import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'webflow-token',
  family: 'web',
  title: 'Webflow token',
  about: 'API tokens of Webflow next to its name',
  names: ['webflow'],
  form: [run('hex', 64)],
});
