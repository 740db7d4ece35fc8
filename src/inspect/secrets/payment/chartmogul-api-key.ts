import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'chartmogul-api-key',
  family: 'payment',
  title: 'ChartMogul API key',
  about: 'API keys of ChartMogul next to its name',
  names: ['chartmogul'],
  form: [run('hex', 32)],
});
