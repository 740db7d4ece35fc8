import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'brave-search-key',
  family: 'ai',
  title: 'Brave Search API key',
  about: 'API keys of Brave Search (`BSA`), by their name',
  names: ['brave'],
  form: ['BSA', run('base64Url', 24, 40)],
});
