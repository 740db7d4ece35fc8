import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'adafruit-io-key',
  family: 'observability',
  title: 'Adafruit IO key',
  about: 'Keys of Adafruit IO next to the name',
  names: ['adafruit'],
  form: [run('alnum', 32)],
});
