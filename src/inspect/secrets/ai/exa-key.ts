import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'exa-key',
  family: 'ai',
  title: 'Exa API key',
  about: 'API keys of Exa, by their name',
  names: ['exa_api', 'exaApi'],
  form: [...UUID_PARTS],
});
