import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'amplitude-secret-key',
  family: 'observability',
  title: 'Amplitude secret key',
  about: 'Secret keys of Amplitude next to its name',
  names: ['amplitude'],
  form: [run('hex', 32)],
  also: /secret/i,
});
