import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'lambda-cloud-key',
  family: 'ai',
  title: 'Lambda key',
  about:
    'API keys of the machines of Lambda: `secret_`, a name, 32 hexadecimal digits, a dot and 32 characters',
  forms: [['secret_', run('word', 1, 40), '_', run('hex', 32), '.', run('alnum', 32)]],
});
