import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'scrapfly-key',
  family: 'web',
  title: 'Scrapfly key',
  about: 'API keys of Scrapfly next to its name',
  names: ['scrapfly'],
  form: [run('hex', 32)],
});
