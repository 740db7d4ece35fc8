import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'kong-token',
  family: 'web',
  title: 'Kong Konnect token',
  about: 'Personal and system tokens of Kong Konnect (`kpat_`, `spat_`)',
  forms: [[['kpat_', 'spat_'], run('alnum', 40, 64)]],
});
