import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'saucelabs-key',
  family: 'observability',
  title: 'Sauce Labs key',
  about: 'Access keys of Sauce Labs, a UUID next to its name',
  names: ['sauce'],
  form: [...UUID_PARTS],
  also: /key/i,
});
