import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'appwrite-api-key',
  family: 'web',
  title: 'Appwrite API key',
  about: 'API keys of Appwrite (`standard_`)',
  forms: [['standard_', run('hex', 192, 256)]],
});
