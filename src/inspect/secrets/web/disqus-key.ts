import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'disqus-key',
  family: 'web',
  title: 'Disqus key',
  about: 'API keys and secrets of Disqus next to the name',
  names: ['disqus'],
  form: [run('alnum', 64)],
});
