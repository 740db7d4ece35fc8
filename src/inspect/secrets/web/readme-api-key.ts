import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'readme-api-key',
  family: 'web',
  title: 'ReadMe API key',
  about: 'API keys of ReadMe (`rdme_`)',
  forms: [['rdme_', run('lowerDigit', 70)]],
});
