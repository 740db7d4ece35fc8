import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'modrinth-token',
  family: 'registries',
  title: 'Modrinth token',
  about: 'Personal and OAuth tokens of Modrinth, which publish mods (`mrp_`, `mra_`)',
  forms: [[['mrp_', 'mra_'], run('alnum', 60)]],
});
