import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'phase-token',
  family: 'forges',
  title: 'Phase token',
  about: 'Service and user tokens of Phase (`pss_service:`, `pss_user:`)',
  forms: [[['pss_service:v', 'pss_user:v'], run('digit', 1), ':', run('hex', 64)]],
});
