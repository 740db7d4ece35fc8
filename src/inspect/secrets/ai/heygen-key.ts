import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'heygen-key',
  family: 'ai',
  title: 'HeyGen key',
  about: 'API keys of HeyGen (`sk_V2_hgu_`)',
  forms: [['sk_V2_hgu_', run('base64Url', 32, 64)]],
});
