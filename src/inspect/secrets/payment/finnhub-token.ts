import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'finnhub-token',
  family: 'payment',
  title: 'Finnhub token',
  about: 'API tokens of Finnhub next to the name',
  names: ['finnhub'],
  form: [run('lowerDigit', 20)],
});
