import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'fullstory-api-key',
  family: 'observability',
  title: 'FullStory API key',
  about: 'API keys of FullStory next to the name',
  names: ['fullstory'],
  form: [['na1.', 'eu1.'], run('base64Pad', 20, 120)],
});
