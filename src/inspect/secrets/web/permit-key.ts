import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'permit-key',
  family: 'web',
  title: 'Permit.io key',
  about: 'API keys of Permit.io (`permit_key_`)',
  forms: [['permit_key_', run('alnum', 60, 110)]],
});
