import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'coralogix-key',
  family: 'observability',
  title: 'Coralogix key',
  about: 'API keys of Coralogix (`cxtp_`, `cxup_`)',
  forms: [[['cxtp_', 'cxup_', 'cxuw_', 'cxtw_'], run('alnum', 30)]],
});
