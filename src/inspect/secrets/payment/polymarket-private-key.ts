import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'polymarket-private-key',
  family: 'payment',
  title: 'Polymarket key',
  about: 'Private keys and API secrets of Polymarket next to the name',
  names: ['polymarket'],
  form: ['0x', run('hex', 64)],
});
