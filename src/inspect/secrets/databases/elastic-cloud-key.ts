import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'elastic-cloud-key',
  family: 'databases',
  title: 'Elastic Cloud key',
  about: 'API keys of Elastic Cloud (`essu_`)',
  forms: [['essu_', run('base64Url', 60, 200)]],
});
