import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'terraform-cloud-token',
  family: 'registries',
  title: 'Terraform Cloud token',
  about: 'Tokens of Terraform Cloud and Enterprise, with `.atlasv1.` inside',
  head: [run('alnum', 14)],
  infix: '.atlasv1.',
  tail: [run('urlPad', 60, 70)],
});
