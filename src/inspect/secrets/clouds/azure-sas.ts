import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { wasOver } from '../../secret-format/expiry.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

/** Its end, as a day or a time of day in UTC. */
const END = /\bse=(20\d\d-\d\d-\d\d)(?:T(\d\d)(?::|%3[Aa])(\d\d))?/g;

export const rule: SecretRule = {
  ...textsOf({
    id: 'azure-sas',
    version: 2,
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
    if (hasEnded(before, after)) {
      return { confidence: 'weak', reason: 'it opened something until a day that is long over' };
    }
    return looksRandom(value, 64)
      ? { confidence: 'plausible', reason: 'it is a signature with its version beside it' }
      : PLACEHOLDER;
  },
  examples: {
    bad: [
      {
        about: 'a signed address',
        make: () =>
          `https://example.com/a?sv=2024-11-04&sp=r&sig=${sampleOf([run('alnum', 43)], 'sas')}=&se=2030-01-01`,
      },
    ],
    noted: [
      {
        about: 'an address that opened something for eight hours of 2023',
        make: () =>
          `sp=r&st=2023-12-20T14:54:52Z&se=2023-12-20T22:54:52Z&spr=https&sv=2021-06-08&sr=c&sig=${sampleOf([run('alnum', 43)], 'sas')}%3D`,
      },
    ],
    fine: [
      { about: 'another signature', make: () => `?sig=${'Ab3'.repeat(14)}c=` },
      { about: 'the name alone', make: () => 'const sig=await sign(text)' },
    ],
  },
};

/** By the `se=` that is nearest to the signature: of the same address, before or after it. */
function hasEnded(before: string, after: string): boolean {
  const address = `${/\S*$/.exec(before)?.[0] ?? ''}${/^\S*/.exec(after)?.[0] ?? ''}`;
  const ends = [...address.matchAll(END)].map(([, day = '', hour = '23', minute = '59']) =>
    Date.parse(`${day}T${hour}:${minute}:00Z`),
  );
  return ends.length > 0 && ends.every(wasOver);
}
