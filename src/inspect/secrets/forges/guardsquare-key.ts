import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'guardsquare-key',
  family: 'forges',
  title: 'AppSweep key',
  about: 'API keys of AppSweep by Guardsquare (`gs_appsweep_`)',
  forms: [['gs_appsweep_', run('base64Url', 24, 64)]],
});
