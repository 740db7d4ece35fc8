import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'quay-token',
  family: 'registries',
  title: 'Quay robot token',
  about: 'Robot account tokens of the Quay container registry, by their name',
  names: ['quay'],
  form: [run('upperDigit', 64)],
});
