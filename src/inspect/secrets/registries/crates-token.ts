import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'crates-token',
  family: 'registries',
  title: 'crates registry token',
  about: 'API tokens of the Rust package registry (`cio` and 32 characters)',
  forms: [['cio', run('alnum', 32)]],
});
