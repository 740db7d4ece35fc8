import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'onesignal-api-key',
  family: 'mail',
  title: 'OneSignal API key',
  about: 'App and organisation keys of OneSignal (`os_v2_app_`, `os_v2_org_`)',
  forms: [[['os_v2_app_', 'os_v2_org_'], run('lowerDigit', 80, 120)]],
});
