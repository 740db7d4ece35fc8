import { isPlaceholder } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { decodeBase64Loosely } from '../../secret-format/token-checksum.ts';
import { textsOf } from '../define.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'docker-registry-auth',
    family: 'registries',
    title: 'container registry login',
    about: 'Names and passwords under `auths` in the configuration of Docker and its like',
    mend: 'Change the password or revoke the token, and use a credential helper',
  }),
  keywords: ['"auth"'],
  pattern: /(?<prefix>"auth"\s{0,16}:\s{0,16}")(?<value>[A-Za-z0-9+/]{12,4000}={0,2})"/y,
  reach: 4096,
  verify({ groups, before }) {
    const { value = '' } = groups;
    const text = decodeBase64Loosely(value)?.toString('latin1') ?? '';
    if (!/^[\x21-\x39\x3b-\x7e]+:[\x20-\x7e]{4,}$/.test(text)) return null;
    if (isPlaceholder(text) || /^(?:user|username|name):pass(?:word)?$/i.test(text)) {
      return { confidence: 'weak', reason: 'it decodes to a placeholder' };
    }
    return before.includes('"auths"')
      ? { confidence: 'proven', reason: 'it decodes to a name and a password' }
      : { confidence: 'plausible', reason: 'it decodes to what may be a name and a password' };
  },
  examples: {
    bad: [
      { about: 'a login', make: () => `{"auths":{"registry.example.com":{"auth":"${login()}"}}}` },
      { about: 'a login without its surroundings', make: () => `  "auth": "${login()}"\n` },
    ],
    fine: [
      { about: 'another value', make: () => '{"auth": "basicAuthentication"}' },
      { about: 'the name alone', make: () => '["auth", "login"]' },
    ],
  },
};

function login(): string {
  return Buffer.from(`bob:${['h4Lq', '8vNx', '2kTz'].join('')}`).toString('base64');
}
