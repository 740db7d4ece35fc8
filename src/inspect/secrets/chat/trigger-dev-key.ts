import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'trigger-dev-key',
  family: 'chat',
  title: 'Trigger.dev key',
  about: 'Secret keys of Trigger.dev (`tr_prod_`, `tr_dev_`, `tr_pat_`)',
  forms: [[['tr_prod_', 'tr_stg_', 'tr_dev_', 'tr_preview_', 'tr_pat_'], run('alnum', 20, 48)]],
});
