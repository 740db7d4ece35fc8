import { defineNamedValue } from '../define.ts';
import { run, UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'anaconda-token',
  family: 'registries',
  title: 'Anaconda token',
  about: 'Tokens of anaconda.org, two letters and a UUID after its name',
  names: ['anaconda', 'conda_token'],
  form: [run('lower', 2), '-', ...UUID_PARTS],
});
