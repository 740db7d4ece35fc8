import { unlessExample } from '../../look-alikes/example-context.ts';
import { looksRandom } from '../../look-alikes/randomness.ts';
import type { SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

const KEY = [run('alnum', 64)];

/** https://www.truenas.com/docs/api/core_websocket_api.html */
export const rule: SecretRule = {
  ...textsOf({
    id: 'truenas-key',
    family: 'clouds',
    title: 'TrueNAS API key',
    about: 'API keys of TrueNAS in the request that logs in with one',
  }),
  keywords: ['login_with_api_key"', "login_with_api_key'"],
  pattern:
    /(?<prefix>login_with_api_key["'],?\s{0,20}["']?params["']?\s{0,4}[:=]\s{0,4}\[\s{0,20}["'])\d{1,6}-(?<random>[A-Za-z0-9]{64})(?=["'])/y,
  reach: 220,
  verify: ({ groups, ...match }: SecretMatch) =>
    looksRandom(groups['random'] ?? '', 62)
      ? unlessExample(
          { confidence: 'plausible', reason: 'it stands where the key of a login does' },
          { groups, ...match },
        )
      : null,
  examples: {
    bad: [
      {
        about: 'a message',
        make: () =>
          `{"id": "1", "method": "auth.login_with_api_key", "params": ["8-${sampleOf(KEY, 'truenas')}"]}`,
      },
    ],
    fine: [
      {
        about: 'a variable',
        make: () => '{"method": "auth.login_with_api_key", "params": ["${KEY}"]}',
      },
    ],
  },
};
