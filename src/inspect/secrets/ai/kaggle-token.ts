import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'kaggle-token',
  family: 'ai',
  title: 'Kaggle API token',
  about: 'API tokens of Kaggle (`KGAT_`)',
  forms: [['KGAT_', run('hex', 32)]],
});
