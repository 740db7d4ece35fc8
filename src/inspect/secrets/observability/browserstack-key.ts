import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'browserstack-key',
  family: 'observability',
  title: 'BrowserStack key',
  about: 'Access keys of BrowserStack next to its name',
  names: ['browserstack'],
  form: [run('alnum', 20)],
  also: /key/i,
});
