import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'deepl-key',
  family: 'web',
  title: 'DeepL key',
  about: 'API keys of DeepL, a UUID next to its name',
  names: ['deepl'],
  form: [...UUID_PARTS],
});
