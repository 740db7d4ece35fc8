import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'astra-token',
  family: 'databases',
  title: 'Astra DB token',
  about: 'Application tokens of DataStax Astra (`AstraCS:`)',
  forms: [['AstraCS:', run('alnum', 24), ':', run('hex', 64)]],
});
