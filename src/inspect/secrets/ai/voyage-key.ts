import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'voyage-key',
  family: 'ai',
  title: 'Voyage AI API key',
  about: 'API keys of Voyage AI (`pa-`), by their name',
  names: ['voyage'],
  form: ['pa-', run('base64Url', 43)],
});
