import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'rsa-key-value',
    version: 1,
    family: 'keys',
    title: 'RSA private key in XML',
    about:
      'Private keys as .NET writes them in XML, by the coefficient that public ones lack (`InverseQ`)',
  }),
  keywords: ['<InverseQ>'],
  pattern: /(?<prefix><InverseQ>)\s{0,80}(?<value>[A-Za-z0-9+/]{32,800}={0,2})\s{0,80}<\//y,
  reach: 1000,
  verify: ({ groups }) =>
    looksGenerated(groups['value'] ?? '')
      ? { confidence: 'plausible', reason: 'it holds what only the private half has' }
      : null,
  examples: {
    bad: [
      {
        about: 'a key',
        make: () =>
          `<RSAKeyValue><Modulus>${value(172)}</Modulus><Exponent>AQAB</Exponent><InverseQ>${value(86)}==</InverseQ></RSAKeyValue>`,
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
