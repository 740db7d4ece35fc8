import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'infracost-key',
  family: 'forges',
  title: 'Infracost API key',
  about: 'API keys of Infracost (`ico-`)',
  severity: 'medium',
  forms: [['ico-', run('alnum', 32)]],
});
