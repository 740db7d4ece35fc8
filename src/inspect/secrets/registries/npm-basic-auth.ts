import { isPlaceholder } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { decodeBase64Loosely } from '../../secret-format/token-checksum.ts';
import { textsOf } from '../define.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'npm-basic-auth',
    family: 'registries',
    title: 'registry password in npm configuration',
    about: 'Names and passwords in npm configuration, base64 after `_auth` or `_password`',
    mend: 'Change the password, and name an environment variable in configuration instead of its value',
  }),
  keywords: ['_auth', '_password'],
  pattern:
    /(?<prefix>(?<key>_auth|_password)[ \t]{0,8}=[ \t]{0,8}["']?)(?<value>[A-Za-z0-9+/]{12,400}={0,2})(?![A-Za-z0-9+/=_$.(-])/y,
  reach: 432,
  verify({ groups }) {
    const { key, value = '' } = groups;
    const text = decodeBase64Loosely(value)?.toString('latin1') ?? '';
    // most of what is assigned to such names in code is no base64 of a text
    if (value.replace(/=+$/, '').length % 4 === 1 || !/^[\x20-\x7e]{8,}$/.test(text)) return null;
    if (key === '_auth' && !/^[^:]+:.+$/.test(text)) return null;
    return isPlaceholder(text) || /^(?:user|username|name):pass(?:word)?$/i.test(text)
      ? { confidence: 'weak', reason: 'it decodes to a placeholder' }
      : { confidence: 'plausible', reason: 'it decodes to a password' };
  },
  examples: {
    bad: [
      {
        about: 'a name and a password',
        make: () => `//registry.example.com/:_auth=${encode(`bob:${PASSWORD}`)}\n`,
      },
      { about: 'a password alone', make: () => `:_password="${encode(PASSWORD)}"\n` },
    ],
    fine: [
      { about: 'a variable', make: () => `_auth=${'$'}{NPM_AUTH}\n` },
      { about: 'code', make: () => 'this._auth = authenticateEverything(request)' },
      { about: 'a word that is no base64 of a text', make: () => '_password = hashedPassword12' },
    ],
  },
};

const PASSWORD = ['correct', 'horse', '7', 'battery'].join('-');

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
