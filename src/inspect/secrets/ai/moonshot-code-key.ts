import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'moonshot-code-key',
  family: 'ai',
  title: 'Kimi key',
  about: 'Keys of Kimi for programs that write code (`sk-kimi-`)',
  forms: [['sk-kimi-', run('alnum', 48, 80)]],
});
