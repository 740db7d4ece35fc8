import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'myget-key',
  family: 'registries',
  title: 'MyGet API key',
  about: 'API keys of MyGet feeds, by their name',
  names: ['myget'],
  form: [...UUID_PARTS],
});
