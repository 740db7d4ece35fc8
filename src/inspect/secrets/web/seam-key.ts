import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'seam-key',
  family: 'web',
  title: 'Seam key',
  about: 'API keys of Seam (`seam_`)',
  forms: [[['seam_test', 'seam_live', 'seam_'], run('alnum', 4, 12), '_', run('base58', 20, 32)]],
});
