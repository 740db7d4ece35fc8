import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'vercel-blob-token',
  family: 'forges',
  title: 'Vercel Blob token',
  about: 'Tokens that read and write a store of Vercel Blob (`vercel_blob_rw_`)',
  forms: [['vercel_blob_rw_', run('alnum', 16), '_', run('alnum', 30)]],
});
