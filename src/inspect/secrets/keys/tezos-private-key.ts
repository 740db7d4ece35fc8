import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'tezos-private-key',
  family: 'keys',
  title: 'Tezos private key',
  about: 'Private keys of Tezos (`edsk`)',
  forms: [
    ['edsk', run('base58', 94)],
    ['edsk', run('base58', 50)],
  ],
});
