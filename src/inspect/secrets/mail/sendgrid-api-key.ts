import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { standsAlone } from '../../secret-format/token-checksum.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';
import { charactersOf, run, sampleOf } from '../token-form.ts';

const FORM = [run('base64Url', 22), '.', run('base64Url', 43)];

export const rule: SecretRule = {
  ...textsOf({
    id: 'sendgrid-api-key',
    family: 'mail',
    title: 'SendGrid API key',
    about: 'API keys of SendGrid (`SG.`)',
  }),
  // the prefix alone is too short for the literal filter, so its next character goes with it
  keywords: charactersOf('base64Url').map((one) => `SG.${one}`),
  pattern: /(?<prefix>SG\.)[A-Za-z0-9_-]{22}\.(?<random>[A-Za-z0-9_-]{43})/y,
  reach: 72,
  verify(match) {
    if (!standsAlone(match)) return null;
    return looksRandom(match.groups['random'] ?? '', 64)
      ? { confidence: 'plausible', reason: 'it has the form of a key' }
      : PLACEHOLDER;
  },
  examples: {
    bad: [
      { about: 'a key in code', make: () => `setApiKey('SG.${sampleOf(FORM, 'sendgrid')}');` },
      { about: 'an environment variable', make: () => `KEY=SG.${sampleOf(FORM, 'grid')}\n` },
    ],
    fine: [{ about: 'the start of a key', make: () => 'API key does not start with "SG.".' }],
  },
};
