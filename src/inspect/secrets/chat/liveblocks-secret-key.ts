import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'liveblocks-secret-key',
  family: 'chat',
  title: 'Liveblocks secret key',
  about: 'Secret keys of Liveblocks, KeyCDN and others (`sk_prod_`, `sk_dev_`)',
  forms: [[['sk_prod_', 'sk_dev_'], run('base64Url', 32, 100)]],
});
