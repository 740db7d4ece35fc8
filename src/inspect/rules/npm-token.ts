import type { SecretRule } from '../rule.ts';
import { crc32Base62, standsAlone } from '../secret-format/token-checksum.ts';
import { RIGHT_CHECKSUM, WRONG_CHECKSUM } from '../secrets/answers.ts';

const BODY = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD';

export const rule: SecretRule = {
  kind: 'secret',
  id: 'npm-token',
  version: 1,
  category: 'secret',
  severity: 'critical',
  title: 'npm access token',
  about: 'npm access tokens (`npm_`), with the checksum that they end in',
  attack:
    'Whoever unpacks the package can publish as its maintainer, or as the machine that built it',
  mend: 'Revoke the token at the registry now, then remove it from the package; a published secret stays public',
  keywords: ['npm_'],
  pattern: /(?<prefix>npm_)(?<body>[A-Za-z0-9]{30})(?<check>[A-Za-z0-9]{6})/y,
  reach: 64,
  verify(match) {
    const { body = '', check } = match.groups;
    if (crc32Base62(body) === check) return RIGHT_CHECKSUM;
    if (!standsAlone(match)) return null;
    return WRONG_CHECKSUM;
  },
  examples: {
    bad: [
      { about: 'a token in code', make: () => `const token = "npm_${BODY}${crc32Base62(BODY)}";` },
      {
        about: 'a token that letters follow',
        make: () => `npm_${BODY}${crc32Base62(BODY)}AndMore`,
      },
    ],
    fine: [
      { about: 'names that start alike', make: () => 'npm_config_registry npm_lifecycle_event' },
      { about: 'a longer word', make: () => `npm_${'x'.repeat(60)}` },
    ],
  },
};
