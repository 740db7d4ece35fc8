import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'supabase-token',
  family: 'clouds',
  title: 'Supabase token',
  about: 'Management tokens and project secrets of Supabase (`sbp_`, `sb_secret_`)',
  forms: [
    [['sbp_', 'sbp_oauth_', 'sbp_v0_'], run('hex', 40)],
    ['sb_secret_', run('base64Url', 31)],
  ],
});
