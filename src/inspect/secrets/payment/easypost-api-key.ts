import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'easypost-api-key',
  family: 'payment',
  title: 'EasyPost API key',
  about: 'API keys of EasyPost (`EZAK`, `EZTK`)',
  forms: [[['EZAK', 'EZTK'], run('alnum', 54)]],
});
