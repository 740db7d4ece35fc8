import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'hack-club-key',
  family: 'ai',
  title: 'Hack Club key',
  about: 'Keys of the models of Hack Club (`sk-hc-v1-`)',
  forms: [['sk-hc-v1-', run('hex', 64)]],
});
