import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'convex-deploy-key',
  family: 'databases',
  title: 'Convex deploy key',
  about: 'Deploy keys of Convex: a deployment, a bar and base64',
  head: [['prod:', 'dev:', 'preview:'], run('dashed', 3, 60)],
  infix: '|eyJ2MiI6',
  tail: [run('base64', 20, 120)],
});
