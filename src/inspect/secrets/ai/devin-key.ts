import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'devin-key',
  family: 'ai',
  title: 'Devin API key',
  about: 'User and service keys of Devin (`apk_user_`, `cog_`)',
  forms: [
    ['apk_user_', run('base64Pad', 120, 184)],
    ['cog_', run('base32Lower', 52)],
  ],
});
