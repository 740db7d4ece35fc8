import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { looksGenerated } from '../surprise.ts';
import { run, sampleOf } from '../token-form.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'rsa-key-value',
    version: 1,
    family: 'keys',
    title: 'RSA private key in XML',
    about: 'Private keys as .NET writes them: `RSAKeyValue` with `D` or a prime factor',
  }),
  keywords: ['<RSAKeyValue>'],
  pattern:
    /(?<prefix><RSAKeyValue>)[A-Za-z0-9+/=<>\s]{0,4000}?<(?:D|P)>\s{0,80}(?<value>[A-Za-z0-9+/]{32,800})/y,
  reach: 5000,
  verify: ({ groups }) =>
    looksGenerated(groups['value'] ?? '')
      ? { confidence: 'plausible', reason: 'it holds the private exponent or a prime factor' }
      : null,
  examples: {
    bad: [
      {
        about: 'a key',
        make: () =>
          `<RSAKeyValue><Modulus>${value(172)}</Modulus><Exponent>AQAB</Exponent><P>${value(86)}</P></RSAKeyValue>`,
      },
    ],
    fine: [
      {
        about: 'a public key',
        make: () =>
          `<RSAKeyValue><Modulus>${value(172)}</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>`,
      },
    ],
  },
};

function value(length: number): string {
  return sampleOf([run('base64', length)], `rsa ${length}`);
}
