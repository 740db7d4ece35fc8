import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'cloudflare-legacy-token',
  family: 'clouds',
  title: 'Cloudflare API token',
  about: 'Older API tokens of Cloudflare, 40 characters, by their name',
  names: ['cloudflare', 'cf_api_token'],
  form: [run('base64Url', 40)],
});
