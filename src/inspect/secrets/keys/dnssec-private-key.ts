import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';

const BODY = ['GU6SnQ/Ou+xC5RumuIUIuJZteXT2', 'z0O/ok1s38Et6mQ='].join('');

export const rule: SecretRule = {
  ...textsOf({
    id: 'dnssec-private-key',
    family: 'keys',
    title: 'DNSSEC private key',
    about: 'Private keys that sign DNS zones, or updates of them (`Private-key-format: v1`)',
  }),
  keywords: ['Private-key-format: v1.'],
  pattern:
    /(?<prefix>Private-key-format: v1\.\d\r?\nAlgorithm: \d{1,3} \([A-Za-z0-9_-]{1,32}\)\r?\n(?:(?!Private)[A-Z][A-Za-z0-9]{0,24}: [^\r\n]{1,1500}\r?\n){0,8}(?:PrivateKey|PrivateExponent|Key): )[A-Za-z0-9+/]{24,1500}/y,
  reach: 4096,
  verify: () => ({ confidence: 'plausible', reason: 'it holds the private part' }),
  examples: {
    bad: [
      {
        about: 'a key file',
        make: () =>
          `Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: ${BODY}\n`,
      },
    ],
    fine: [{ about: 'the first line alone', make: () => 'Private-key-format: v1.3\n' }],
  },
};
