import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'open-vsx-token',
  family: 'registries',
  title: 'Open VSX token',
  about: 'Access tokens of Open VSX, by their name',
  names: ['ovsx', 'open_vsx', 'openVsx'],
  form: [...UUID_PARTS],
});
