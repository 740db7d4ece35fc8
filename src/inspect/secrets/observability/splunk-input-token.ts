import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { sampleOf, UUID_PARTS } from '../token-form.ts';

const SAMPLE = sampleOf(UUID_PARTS, 'splunk-input');

export const rule: SecretRule = {
  ...textsOf({
    id: 'splunk-input-token',
    version: 1,
    family: 'observability',
    title: 'Splunk token of an input',
    about:
      'Tokens of event collectors in the configuration of Splunk itself: `token` in a stanza `[http://...]`, `httpEventCollectorToken`',
  }),
  keywords: ['[http://', 'httpEventCollectorToken'],
  pattern:
    /(?<prefix>(?:\[http:\/\/[^\]\s]{1,80}\][ \t]{0,8}(?:\r?\n[^[\r\n]{0,120}){0,12}?\r?\n[ \t]{0,8}token|httpEventCollectorToken)[ \t]{0,8}=[ \t]{0,8})(?<value>[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?=\s|$)/y,
  reach: 1800,
  verify: (match) =>
    looksRandom((match.groups['value'] ?? '').replaceAll('-', ''), 16)
      ? unlessExample(FORMED, match)
      : null,
  examples: {
    bad: [
      {
        about: 'in inputs.conf',
        make: () => `[http://app]\ndisabled = 0\nindex = main\ntoken = ${SAMPLE}\n`,
      },
      { about: 'in outputs.conf', make: () => `[httpout]\nhttpEventCollectorToken = ${SAMPLE}\n` },
    ],
    fine: [
      {
        about: 'another stanza',
        make: () => `[http://app]\nindex = main\n[a]\ntoken = ${SAMPLE}\n`,
      },
      { about: 'a link', make: () => `[http://app](a)\ntokens = ${SAMPLE}\n` },
      {
        about: 'a place for one',
        make: () => '[http://app]\ntoken = 00000000-0000-0000-0000-000000000000\n',
      },
    ],
  },
};

const FORMED = {
  confidence: 'plausible',
  reason: 'it stands where Splunk keeps the token of an event collector',
} as const;
