import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'vanta-client-secret',
  family: 'forges',
  title: 'Vanta client secret',
  about: 'Secrets of applications of Vanta (`vcs_`)',
  forms: [['vcs_', run('hex', 6), '_', run('hex', 64)]],
});
