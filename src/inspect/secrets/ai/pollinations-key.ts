import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'pollinations-key',
  family: 'ai',
  title: 'Pollinations key',
  about: 'Secret keys of Pollinations (`plln_sk_`)',
  forms: [['plln_sk_', run('alnum', 24, 48)]],
});
