import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'coinbase-api-secret',
  family: 'payment',
  title: 'Coinbase API secret',
  about: 'Secrets of Coinbase Developer Platform next to its name',
  names: ['coinbase', 'cdp_api'],
  form: [run('base64', 86), '=='],
  also: /secret|key/i,
});
