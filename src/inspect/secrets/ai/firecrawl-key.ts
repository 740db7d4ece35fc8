import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'firecrawl-key',
  family: 'ai',
  title: 'Firecrawl API key',
  about: 'API keys of Firecrawl (`fc-`), by their name',
  names: ['firecrawl'],
  form: ['fc-', run('hex', 32)],
});
