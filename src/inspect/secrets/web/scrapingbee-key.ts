import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'scrapingbee-key',
  family: 'web',
  title: 'ScrapingBee key',
  about: 'API keys of ScrapingBee next to its name',
  names: ['scrapingbee', 'scraping_bee'],
  form: [run('upperDigit', 80)],
});
