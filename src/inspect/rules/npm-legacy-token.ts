import type { SecretRule } from '../rule.ts';
import { FORMED, PLACEHOLDER } from '../secrets/answers.ts';

const UUID = ['1f6b2c4e', '8a3d', '4b7c', '9e21', '5d0f7a3c6b18'];

export const rule: SecretRule = {
  kind: 'secret',
  id: 'npm-legacy-token',
  version: 1,
  category: 'secret',
  severity: 'critical',
  title: 'registry token in npm configuration',
  about: 'Registry tokens of the older form, a UUID after `_authToken`',
  attack: 'The token opens the registry that its line names, private ones included',
  mend: 'Revoke the token, and name an environment variable in configuration instead of its value',
  keywords: ['_authToken'],
  pattern:
    /(?<prefix>_authToken["']?[ \t]{0,8}[=:][ \t]{0,8}["']?)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z-])/y,
  reach: 128,
  verify(match) {
    const value = match.text.slice(-36).replaceAll('-', '');
    return new Set(value).size > 4 ? FORMED : PLACEHOLDER;
  },
  examples: {
    bad: [
      {
        about: 'a line of an .npmrc file',
        make: () => `//registry.example.com/:_authToken=${UUID.join('-')}\n`,
      },
    ],
    fine: [
      { about: 'a variable', make: () => `//registry.example.com/:_authToken=${'$'}{NPM_TOKEN}` },
      { about: 'the key alone', make: () => 'const KEY = "_authToken";' },
    ],
  },
};
