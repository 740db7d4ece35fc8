import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'labelbox-key',
  family: 'ai',
  title: 'Labelbox API key',
  about: 'API keys of Labelbox (`lbx_`)',
  forms: [['lbx_', run('base64Url', 40, 60)]],
});
