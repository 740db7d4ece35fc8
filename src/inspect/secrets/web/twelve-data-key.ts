import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'twelve-data-key',
  family: 'web',
  title: 'Twelve Data key',
  about: 'API keys of Twelve Data next to its name',
  names: ['twelvedata', 'twelve_data'],
  form: [run('hex', 32)],
});
