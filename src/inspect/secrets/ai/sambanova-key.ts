import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sambanova-key',
  family: 'ai',
  title: 'SambaNova API key',
  about: 'API keys of SambaNova, by their name',
  names: ['sambanova'],
  form: [...UUID_PARTS],
});
