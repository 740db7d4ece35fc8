import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';
import { sampleOf, UUID_PARTS } from '../token-form.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'proxmox-token',
    version: 1,
    family: 'clouds',
    title: 'Proxmox token',
    about: 'API tokens of Proxmox in a header (`PVEAPIToken=user@realm!name=`)',
  }),
  keywords: ['PVEAPIToken', 'PBSAPIToken', 'PMGAPIToken'],
  pattern:
    /(?<prefix>P(?:VE|BS|MG)APIToken[= ][A-Za-z0-9._-]{1,64}@[A-Za-z0-9._-]{1,32}![A-Za-z0-9._-]{1,64}[=:])(?<value>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/y,
  reach: 260,
  verify: ({ groups }) =>
    looksRandom((groups['value'] ?? '').replaceAll('-', ''), 16)
      ? { confidence: 'plausible', reason: 'it stands where the secret of a token does' }
      : PLACEHOLDER,
  examples: {
    bad: [
      {
        about: 'a header',
        make: () =>
          `Authorization: PVEAPIToken=root@pam!deploy=${sampleOf(UUID_PARTS, 'proxmox')}\n`,
      },
    ],
    fine: [
      { about: 'a variable', make: () => `PVEAPIToken=root@pam!deploy=${'$'}{TOKEN}` },
      { about: 'the name alone', make: () => 'PVEAPIToken=USER@REALM!TOKENID=UUID' },
    ],
  },
};
