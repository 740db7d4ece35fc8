import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'logfire-token',
  family: 'observability',
  title: 'Logfire token',
  about: 'Tokens of Pydantic Logfire (`pylf_v1_`)',
  forms: [[['pylf_v1_us_', 'pylf_v1_eu_'], run('alnum', 43, 46)]],
});
