import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'samsara-api-token',
  family: 'observability',
  title: 'Samsara API token',
  about: 'API tokens of Samsara (`samsara_api_`)',
  forms: [['samsara_api_', run('alnum', 26, 32)]],
});
