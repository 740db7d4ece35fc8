import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'lob-api-key',
  family: 'payment',
  title: 'Lob API key',
  about: 'Secret keys of Lob (`live_` and thirty-five hexadecimal digits)',
  forms: [[['live_', 'test_'], run('hex', 35)]],
});
