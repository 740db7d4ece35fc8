import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'newsapi-key',
  family: 'web',
  title: 'News API key',
  about: 'API keys of News API next to its name',
  names: ['newsapi', 'news_api'],
  form: [run('hex', 32)],
});
