import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'packagecloud-token',
  family: 'registries',
  title: 'packagecloud token',
  about: 'API tokens of packagecloud, by their name',
  names: ['packagecloud'],
  form: [run('hex', 48)],
});
