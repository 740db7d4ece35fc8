import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'ory-token',
  family: 'web',
  title: 'Ory token',
  about: 'Tokens and keys of Ory (`ory_pat_`, `ory_apikey_`, `ory_at_`, ...)',
  forms: [
    [
      ['ory_pat_', 'ory_apikey_', 'ory_wak_', 'ory_st_', 'ory_at_', 'ory_rt_', 'ory_ac_'],
      run('base64Url', 24, 100),
    ],
  ],
});
