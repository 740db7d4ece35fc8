import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'covalent-key',
  family: 'payment',
  title: 'Covalent API key',
  about: 'API keys of Covalent (`cqt_`)',
  forms: [[['cqt_rQ', 'cqt_wF'], run('alnum', 26)]],
});
