import { defineToken } from '../define.ts';
import { UUID_PARTS } from '../token-form.ts';

export const rule = defineToken({
  id: 'launchdarkly-key',
  family: 'observability',
  title: 'LaunchDarkly key',
  about: 'SDK keys and API tokens of LaunchDarkly (`sdk-`, `api-` and a UUID)',
  forms: [[['sdk-', 'api-'], ...UUID_PARTS]],
});
