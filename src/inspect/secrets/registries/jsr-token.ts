import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'jsr-token',
  family: 'registries',
  title: 'JSR token',
  about: 'Personal access tokens of JSR (`jsrp_`), which publish packages',
  forms: [['jsrp_', run('base64Url', 24, 80)]],
});
