import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'klaviyo-api-key',
  family: 'mail',
  title: 'Klaviyo API key',
  about: 'Private keys of Klaviyo next to its name',
  names: ['klaviyo'],
  form: ['pk_', run('hex', 34)],
});
