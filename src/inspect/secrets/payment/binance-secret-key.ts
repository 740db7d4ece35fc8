import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'binance-secret-key',
  family: 'payment',
  title: 'Binance secret key',
  about: 'API and secret keys of Binance next to its name',
  names: ['binance'],
  form: [run('alnum', 64)],
});
