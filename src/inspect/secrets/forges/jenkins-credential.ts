import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

const SAMPLE = [run('base64', 44)];

export const rule: SecretRule = {
  ...textsOf({
    id: 'jenkins-credential',
    version: 7,
    family: 'forges',
    title: 'Jenkins credential',
    about:
      'Secrets in the credential store of Jenkins (`credentials.xml`), as they are or under its master key',
  }),
  keywords: [
    '<secret>',
    '<apiToken>',
    '<passphrase>',
    '<clientSecret>',
    '<password>{',
    '<privateKey>{',
  ],
  pattern:
    /(?<prefix><(?:secret|apiToken|passphrase|clientSecret|password|privateKey)>\s{0,20})\{?(?<words>(?:[A-Za-z0-9_-]{1,40} ){0,3})(?<value>[A-Za-z0-9+/=_.~:-]{16,400})\}?\s{0,20}<\//y,
  reach: 640,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a secret under the master key',
        make: () => `<secret>{AQAAABAAAAAw${sampleOf(SAMPLE, 'a')}=}</secret>`,
      },
      { about: 'a secret as it is', make: () => `<secret>${sampleOf(SAMPLE, 'b')}</secret>` },
    ],
    fine: [
      { about: 'words', make: () => '<secret>the-secret-is-kept-elsewhere</secret>' },
      { about: 'a variable', make: () => `<secret>${'$'}{SECRET_OF_THE_JOB_1}</secret>` },
      {
        about: 'what Maven has encrypted',
        make: () => `<password>{${sampleOf(SAMPLE, 'c')}=}</password>`,
      },
    ],
  },
};

function judge({ groups, text }: SecretMatch): SecretAnswer | null {
  const value = groups['value'] ?? '';
  if (/^AQAAABAAAA/.test(value)) {
    return { confidence: 'plausible', reason: 'it is a secret under the master key of a Jenkins' };
  }
  // braces around anything else are Maven's: its master password is in another file
  if (text.includes('>{')) return null;
  return looksGenerated(value)
    ? {
        confidence: 'plausible',
        reason: 'it stands where Jenkins keeps a secret, and looks random',
      }
    : null;
}
