import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'open-vsx-prefixed-token',
  family: 'registries',
  title: 'Open VSX token',
  about: 'Tokens of the Open VSX registry with their prefix (`ovsxat_` and a UUID)',
  forms: [['ovsxat_', ...UUID_PARTS]],
});
