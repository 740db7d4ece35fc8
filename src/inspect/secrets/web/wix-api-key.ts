import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'wix-api-key',
  family: 'web',
  title: 'Wix API key',
  about: 'API keys of Wix (`IST.eyJ`)',
  forms: [['IST.eyJ', run('base64Url', 60, 300), '.', run('base64Url', 60, 400)]],
});
