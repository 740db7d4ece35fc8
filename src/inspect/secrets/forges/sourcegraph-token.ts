import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'sourcegraph-token',
  family: 'forges',
  title: 'Sourcegraph token',
  about: 'Access tokens, gateway tokens and licence keys of Sourcegraph (`sgp_`, `sgd_`, `slk_`)',
  forms: [
    ['sgp_', run('anyHex', 16), '_', run('anyHex', 40)],
    ['sgp_local_', run('anyHex', 40)],
    ['sgp_', run('anyHex', 40)],
    [['sgd_', 'slk_'], run('anyHex', 64)],
  ],
});
