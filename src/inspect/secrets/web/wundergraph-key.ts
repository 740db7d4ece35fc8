import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'wundergraph-key',
  family: 'web',
  title: 'WunderGraph key',
  about: 'API keys of WunderGraph Cosmo (`cosmo_`)',
  forms: [['cosmo_', run('hex', 32)]],
});
