import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cloudflare-global-key',
  family: 'clouds',
  title: 'Cloudflare global API key',
  about: 'Global API keys of Cloudflare, 37 hex digits, by their name',
  names: ['cloudflare', 'cf_api_key'],
  form: [run('hex', 37)],
});
