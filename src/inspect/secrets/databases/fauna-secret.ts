import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'fauna-secret',
  family: 'databases',
  title: 'Fauna secret',
  about: 'Secrets of Fauna (`fnAE`, `fnAF`)',
  forms: [[['fnAD', 'fnAE', 'fnAF'], run('base64Url', 36)]],
});
