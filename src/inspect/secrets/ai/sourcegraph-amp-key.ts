import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'sourcegraph-amp-key',
  family: 'ai',
  title: 'Amp key',
  about: 'Keys of the agent Amp (`sgamp_user_`)',
  forms: [['sgamp_user_', run('upperDigit', 26), '_', run('hex', 64)]],
});
