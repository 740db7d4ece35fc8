import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'porkbun-secret',
  family: 'clouds',
  title: 'Porkbun API secret',
  about: 'API secrets of Porkbun (`sk1_`)',
  forms: [['sk1_', run('hex', 64)]],
});
