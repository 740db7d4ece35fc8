import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'deno-token',
  family: 'clouds',
  title: 'Deno Deploy token',
  about: 'Tokens of accounts (`ddp_`) and of the console (`ddw_`) of Deno Deploy',
  version: 7,
  forms: [[['ddp_', 'ddw_'], run('alnum', 36)]],
});
