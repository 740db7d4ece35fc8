import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'scale-callback-key',
  family: 'ai',
  title: 'Scale callback key',
  about: 'Keys that Scale sends with what it calls back (`live_auth_`)',
  forms: [['live_auth_', run('hex', 32)]],
});
