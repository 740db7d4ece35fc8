import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dnsimple-token',
  family: 'clouds',
  title: 'DNSimple token',
  about: 'Account and user tokens of DNSimple (`dnsimple_a_`, `dnsimple_u_`)',
  forms: [[['dnsimple_a_', 'dnsimple_u_'], run('alnum', 30, 64)]],
});
