import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'chocolatey-key',
  family: 'registries',
  title: 'Chocolatey API key',
  about: 'API keys of Chocolatey, by their name',
  names: ['chocolatey', 'choco_api'],
  form: [...UUID_PARTS],
});
