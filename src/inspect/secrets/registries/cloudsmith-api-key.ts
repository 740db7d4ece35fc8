import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'cloudsmith-api-key',
  family: 'registries',
  title: 'Cloudsmith API key',
  about: 'API keys of Cloudsmith (`csa_`)',
  forms: [['csa_', run('hex', 30), run('alnum', 6)]],
});
