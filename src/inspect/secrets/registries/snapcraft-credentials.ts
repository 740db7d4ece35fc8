import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'snapcraft-credentials',
  family: 'registries',
  title: 'Snapcraft store credentials',
  about: 'Exported credentials of the Snap store, by their name',
  names: ['snapcraft'],
  form: [run('base64Pad', 100, 4000)],
});
