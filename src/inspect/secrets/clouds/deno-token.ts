import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'deno-token',
  family: 'clouds',
  title: 'Deno Deploy token',
  about: 'Account tokens of Deno Deploy (`ddp_`)',
  forms: [['ddp_', run('alnum', 36)]],
});
