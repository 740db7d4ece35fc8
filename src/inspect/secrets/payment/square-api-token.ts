import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'square-api-token',
  family: 'payment',
  title: 'Square API token',
  about: 'Access tokens of Square (`EAAA`) next to its name',
  names: ['square'],
  form: ['EAAA', run('base64Url', 60)],
});
