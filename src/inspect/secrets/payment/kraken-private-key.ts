import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'kraken-private-key',
  family: 'payment',
  title: 'Kraken private key',
  about: 'Private keys of the Kraken exchange next to its name',
  names: ['kraken'],
  form: [run('base64', 86), '=='],
});
