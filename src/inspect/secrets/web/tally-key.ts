import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'tally-key',
  family: 'web',
  title: 'Tally API key',
  about: 'API keys of Tally (`tly-`)',
  forms: [['tly-', run('alnum', 32)]],
});
