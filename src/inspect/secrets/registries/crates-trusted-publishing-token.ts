import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'crates-trusted-publishing-token',
  family: 'registries',
  title: 'crates trusted publishing token',
  about: 'Temporary tokens of trusted publishing at the Rust package registry (`cio_tp_`)',
  forms: [['cio_tp_', run('alnum', 32)]],
});
