import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

/** https://docs.sentry.io/cli/configuration/ */
export const rule: SecretRule = {
  ...textsOf({
    id: 'sentry-file-token',
    version: 1,
    family: 'observability',
    title: 'Sentry auth token',
    about: 'Older auth tokens of Sentry in `.sentryclirc`, where nothing names it',
  }),
  keywords: ['[auth]'],
  pattern:
    /(?<prefix>\[auth\]\r?\ntoken[ \t]{0,4}=[ \t]{0,4}["']?)(?<random>[0-9a-f]{64})(?![0-9a-f])/y,
  reach: 100,
  verify: ({ groups }: SecretMatch) =>
    looksRandom(groups['random'] ?? '', 16)
      ? { confidence: 'plausible', reason: 'it stands where the file has its token' }
      : null,
  examples: {
    bad: [
      {
        about: 'the file',
        make: () => `[auth]\ntoken=${sampleOf([run('hex', 64)], 'sentry')}\n`,
      },
    ],
    fine: [{ about: 'a variable', make: () => `[auth]\ntoken=${'$'}{SENTRY_AUTH_TOKEN}\n` }],
  },
};
