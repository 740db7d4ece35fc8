import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'statuspage-key',
  family: 'observability',
  title: 'Statuspage key',
  about: 'API keys of Statuspage next to its name',
  names: ['statuspage'],
  form: [...UUID_PARTS],
});
