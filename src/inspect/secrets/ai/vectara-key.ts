import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'vectara-key',
  family: 'ai',
  title: 'Vectara API key',
  about: 'API keys of Vectara (`zut_`, `zwt_`, `zqt_`)',
  forms: [[['zut_', 'zwt_', 'zqt_'], run('base64Url', 38)]],
});
