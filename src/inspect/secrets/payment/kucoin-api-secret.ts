import { defineNamedValue } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'kucoin-api-secret',
  family: 'payment',
  title: 'KuCoin secret',
  about: 'API secrets of KuCoin next to the name',
  names: ['kucoin'],
  form: [...UUID_PARTS],
});
