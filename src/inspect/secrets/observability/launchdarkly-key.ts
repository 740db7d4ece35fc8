import type { SecretRule } from '../../rule.ts';
import { defineToken } from '../define.ts';
import { run, sampleOf, UUID_PARTS } from '../token-form.ts';

const made = defineToken({
  id: 'launchdarkly-key',
  family: 'observability',
  title: 'LaunchDarkly key',
  about: 'SDK keys and API tokens of LaunchDarkly (`sdk-`, `api-` and a UUID)',
  forms: [[['sdk-', 'api-'], ...UUID_PARTS]],
});

export const rule: SecretRule = {
  ...made,
  examples: {
    ...made.examples,
    fine: [
      ...made.examples.fine,
      {
        about: 'the key of a client of GrowthBook, which pages show',
        make: () => `clientKey: "sdk-${sampleOf([run('alnum', 16)], 'growthbook')}"`,
      },
    ],
  },
};
