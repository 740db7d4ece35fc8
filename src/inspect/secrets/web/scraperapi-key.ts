import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'scraperapi-key',
  family: 'web',
  title: 'ScraperAPI key',
  about: 'API keys of ScraperAPI next to its name',
  names: ['scraperapi', 'scraper_api'],
  form: [run('hex', 32)],
});
