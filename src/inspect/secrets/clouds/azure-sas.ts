import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { looksRandom } from '../randomness.ts';
import { run, sampleOf } from '../token-form.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'azure-sas',
    family: 'clouds',
    title: 'Azure shared access signature',
    about:
      'Signed addresses of Azure storage (`sig=` beside `sv=`), which open it to whoever has them',
    severity: 'high',
    mend: 'Rotate the key that signed it, or wait for its end when that is near, then remove it',
  }),
  keywords: ['sig='],
  pattern: /(?<prefix>sig=)(?<value>(?:[A-Za-z0-9+/]|%2[BbFf]){42,43}(?:=|%3[Dd]))/y,
  reach: 140,
  verify({ groups, before, after }) {
    const around = before + after;
    if (!/\bsv=20\d\d-\d\d-\d\d/.test(around)) return null;
    const value = decodeURIComponent(groups['value'] ?? '').replace('=', '');
    return looksRandom(value, 64)
      ? { confidence: 'plausible', reason: 'it is a signature with its version beside it' }
      : { confidence: 'weak', reason: 'it looks like a placeholder' };
  },
  examples: {
    bad: [
      {
        about: 'a signed address',
        make: () =>
          `https://example.com/a?sv=2024-11-04&sp=r&sig=${sampleOf([run('alnum', 43)], 'sas')}=&se=2030-01-01`,
      },
    ],
    fine: [
      { about: 'another signature', make: () => `?sig=${'Ab3'.repeat(14)}c=` },
      { about: 'the name alone', make: () => 'const sig=await sign(text)' },
    ],
  },
};
