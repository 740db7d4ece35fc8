import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'tailscale-key',
  family: 'clouds',
  title: 'Tailscale key',
  about: 'Auth, API, OAuth client, SCIM and webhook keys of Tailscale (`tskey-`)',
  forms: [
    [
      ['tskey-auth-', 'tskey-api-', 'tskey-client-', 'tskey-scim-', 'tskey-webhook-'],
      run('alnum', 11, 21),
      '-',
      run('alnum', 20, 64),
    ],
  ],
});
