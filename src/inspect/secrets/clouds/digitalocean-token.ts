import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'digitalocean-token',
  family: 'clouds',
  title: 'DigitalOcean token',
  about: 'Personal, OAuth and refresh tokens of DigitalOcean (`dop_v1_`, `doo_v1_`, `dor_v1_`)',
  forms: [[['dop_v1_', 'doo_v1_', 'dor_v1_'], run('hex', 64)]],
});
