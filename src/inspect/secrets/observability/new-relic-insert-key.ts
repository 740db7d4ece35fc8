import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'new-relic-insert-key',
  family: 'observability',
  title: 'New Relic insert key',
  about: 'Insert and query keys of New Relic (`NRII-`, `NRIQ-`)',
  forms: [[['NRII-', 'NRIQ-'], run('base64Url', 32)]],
});
