import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'linkedin-client-secret',
  family: 'web',
  title: 'LinkedIn client secret',
  about: 'Client secrets of LinkedIn applications (`WPL_AP1.`)',
  forms: [[['WPL_AP0.', 'WPL_AP1.'], run('base64Url', 16), '.', run('base64', 6, 10)]],
});
