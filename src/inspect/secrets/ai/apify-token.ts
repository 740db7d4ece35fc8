import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'apify-token',
  family: 'ai',
  title: 'Apify token',
  about: 'API tokens of Apify (`apify_api_`)',
  forms: [['apify_api_', run('alnum', 36)]],
});
