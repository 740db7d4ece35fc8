import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'scrapegraph-key',
  family: 'ai',
  title: 'ScrapeGraph key',
  about: 'API keys of ScrapeGraph (`sgai-` and a UUID)',
  forms: [['sgai-', ...UUID_PARTS]],
});
