import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'crossmint-key',
  family: 'payment',
  title: 'Crossmint key',
  about: 'Keys of servers for Crossmint (`sk_production_`, `sk_staging_`)',
  forms: [[['sk_production_', 'sk_staging_'], run('alnum', 24, 300)]],
});
