import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'coderabbit-key',
  family: 'forges',
  title: 'CodeRabbit key',
  about: 'API keys of CodeRabbit (`cr-` and 58 hexadecimal digits)',
  forms: [['cr-', run('hex', 58)]],
});
