import { defineToken } from '../define.ts';
import { withFine } from '../more-examples.ts';
import { run, sampleOf, UUID_PARTS } from '../token-form.ts';

const made = defineToken({
  id: 'launchdarkly-key',
  family: 'observability',
  title: 'LaunchDarkly key',
  about: 'SDK keys and API tokens of LaunchDarkly (`sdk-`, `api-` and a UUID)',
  forms: [[['sdk-', 'api-'], ...UUID_PARTS]],
});

export const rule = withFine(made, [
  {
    about: 'the key of a client of GrowthBook, which pages show',
    make: () => `clientKey: "sdk-${sampleOf([run('alnum', 16)], 'growthbook')}"`,
  },
]);
