import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mozilla-addons-secret',
  family: 'registries',
  title: 'Mozilla Add-ons API secret',
  about: 'JWT secrets of the Mozilla add-on store, by their name',
  names: ['web_ext_api', 'amo_jwt', 'webExtApi'],
  form: [run('hex', 64)],
});
