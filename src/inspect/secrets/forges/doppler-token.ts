import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'doppler-token',
  family: 'forges',
  title: 'Doppler token',
  about: 'Personal, service, CLI, account, SCIM and audit tokens of Doppler (`dp.`)',
  forms: [
    [['dp.pt.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'], run('alnum', 40, 44)],
    ['dp.st.', run('alnum', 40, 44)],
    ['dp.st.', run('base64Url', 2, 35), '.', run('alnum', 40, 44)],
  ],
});
