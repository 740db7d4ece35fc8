import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'branch-secret-key',
  family: 'web',
  title: 'Branch secret key',
  about: 'Secret keys of Branch and Adapty (`secret_live_`)',
  forms: [['secret_live_', run('dotted', 32, 64)]],
});
