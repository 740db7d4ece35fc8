import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'kolide-key',
  family: 'observability',
  title: 'Kolide API key',
  about: 'API keys of Kolide (`k2sk_v1_`)',
  forms: [['k2sk_v1_', run('alnum', 24)]],
});
