import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'openpipe-key',
  family: 'ai',
  title: 'OpenPipe API key',
  about: 'API keys of OpenPipe (`opk_`)',
  forms: [['opk_', run('hex', 42)]],
});
