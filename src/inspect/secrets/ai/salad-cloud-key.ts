import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'salad-cloud-key',
  family: 'ai',
  title: 'SaladCloud key',
  about: 'API keys of SaladCloud (`salad_cloud_`)',
  forms: [['salad_cloud_', run('alnum', 1, 20), '_', run('alnum', 32, 64)]],
});
