import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'etsy-keystring',
  family: 'payment',
  title: 'Etsy key',
  about: 'API keys of Etsy next to the name',
  names: ['etsy_api', 'etsyApi', 'etsy_key', 'etsyKey', 'etsy_token', 'etsyToken', 'etsy_access'],
  form: [run('lowerDigit', 24)],
});
