import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'eos-private-key',
  family: 'keys',
  title: 'EOS private key',
  about: 'Private keys of EOS and Antelope (`PVT_K1_`, `PVT_R1_`)',
  forms: [[['PVT_K1_', 'PVT_R1_'], run('base58', 48, 54)]],
});
