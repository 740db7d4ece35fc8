import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'xata-api-key',
  family: 'databases',
  title: 'Xata API key',
  about: 'API keys of Xata (`xau_`)',
  forms: [['xau_', run('alnum', 40, 48)]],
});
