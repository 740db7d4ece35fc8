import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'blockfrost-key',
  family: 'payment',
  title: 'Blockfrost key',
  about: 'Keys of projects of Blockfrost (`mainnet` or `preprod`, and 32 characters)',
  forms: [[['mainnet', 'preprod'], run('alnum', 32)]],
});
