import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'rootly-token',
  family: 'observability',
  title: 'Rootly token',
  about: 'API tokens of Rootly (`rootly_`)',
  forms: [['rootly_', run('hex', 64)]],
});
