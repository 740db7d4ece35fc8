import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'langsmith-key',
  family: 'ai',
  title: 'LangSmith API key',
  about: 'Personal and service keys of LangSmith (`lsv2_pt_`, `lsv2_sk_`)',
  forms: [[['lsv2_pt_', 'lsv2_sk_'], run('hex', 32), '_', run('hex', 10)]],
});
