import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'warpstream-key',
  family: 'databases',
  title: 'WarpStream key',
  about: 'Secrets of API keys of WarpStream (`aks_`)',
  forms: [['aks_', run('hex', 64)]],
});
