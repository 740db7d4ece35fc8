import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'hex-tech-token',
  family: 'databases',
  title: 'Hex token',
  about: 'Personal and workspace tokens of Hex (`hxtp_`, `hxtw_`)',
  forms: [[['hxtp_', 'hxtw_'], run('hex', 64, 128)]],
});
