import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'maxmind-license-key',
  family: 'web',
  title: 'MaxMind license key',
  about: 'License keys of MaxMind next to its name',
  names: ['maxmind', 'geoip'],
  form: [run('alnum', 6), '_', run('alnum', 29), '_mmk'],
});
