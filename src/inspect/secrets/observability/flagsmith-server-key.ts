import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'flagsmith-server-key',
  family: 'observability',
  title: 'Flagsmith server key',
  about: 'Server-side keys of Flagsmith environments (`ser.`)',
  forms: [['ser.', run('alnum', 22)]],
});
