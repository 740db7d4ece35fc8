import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'unkey-root-key',
  family: 'web',
  title: 'Unkey root key',
  about: 'Root keys of Unkey (`unkey_`)',
  forms: [['unkey_', run('base58', 22, 26)]],
});
