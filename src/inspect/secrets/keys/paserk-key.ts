import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'paserk-key',
  family: 'keys',
  title: 'PASERK key',
  about: 'Secret and local keys of PASETO in the form of PASERK (`k4.secret.`, `k4.local.`)',
  forms: [
    [['k4.secret.', 'k2.secret.'], run('base64Url', 86)],
    [['k1.local.', 'k2.local.', 'k3.local.', 'k4.local.'], run('base64Url', 43)],
    ['k3.secret.', run('base64Url', 64)],
  ],
});
