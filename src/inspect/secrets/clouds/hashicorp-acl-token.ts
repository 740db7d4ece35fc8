import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { sampleOf, UUID_PARTS } from '../token-form.ts';

const uuid = (seed: string) => sampleOf(UUID_PARTS, seed);

/** https://developer.hashicorp.com/consul/commands/acl/token/create */
export const rule: SecretRule = {
  ...textsOf({
    id: 'hashicorp-acl-token',
    version: 1,
    family: 'clouds',
    title: 'Consul, Nomad or Vault secret id',
    about:
      'Secret ids of tokens of Consul and Nomad as their commands print them, and those of Vault by their name',
  }),
  keywords: ['SecretID', 'Secret ID', 'VAULT_SECRET', 'vault_secret'],
  pattern:
    /(?<prefix>(?:SecretID|Secret ID|VAULT_SECRET_?ID|vault_secret_?id)["']?\s{0,16}[:=]\s{0,16}["']?)(?<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f-])/y,
  reach: 100,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'of Consul',
        make: () => `AccessorID:   ${uuid('a')}\nSecretID:     ${uuid('b')}\nLocal: false\n`,
      },
      {
        about: 'of Nomad',
        make: () => `Accessor ID  = ${uuid('c')}\nSecret ID    = ${uuid('d')}\nName = a\n`,
      },
      { about: 'of Vault', make: () => `VAULT_SECRET_ID=${uuid('e')}\n` },
    ],
    fine: [
      { about: 'an id alone', make: () => `AccessorID: ${uuid('f')}\nPolicy ID: ${uuid('g')}\n` },
      { about: 'of another thing', make: () => `{"Name": "a", "SecretID": "${uuid('h')}"}` },
      { about: 'a name', make: () => 'SecretID: prod/database' },
    ],
  },
};

const HELD: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where the secret of a token does',
};

function judge(match: SecretMatch): SecretAnswer | null {
  const { uuid: value = '', prefix = '' } = match.groups;
  const isNamed = /^vault/i.test(prefix);
  if (!isNamed && !/Accessor ?ID/.test(`${match.before.slice(-300)}${match.after.slice(0, 300)}`)) {
    return null;
  }
  return looksRandom(value.replaceAll('-', ''), 16) ? unlessExample(HELD, match) : null;
}
