import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'intra42-client-secret',
  family: 'web',
  title: '42 client secret',
  about: 'Client secrets of the API of 42 (`s-s4t2ud-`, `s-s4t2af-`)',
  forms: [[['s-s4t2ud-', 's-s4t2af-'], run('hex', 64)]],
});
