import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'inngest-signing-key',
  family: 'chat',
  title: 'Inngest signing key',
  about: 'Keys that sign the calls of Inngest (`signkey-prod-`)',
  forms: [[['signkey-prod-', 'signkey-branch-'], run('hex', 64)]],
});
