import { unlessExample } from '../../look-alikes/example-context.ts';
import { isPlaceholder } from '../../look-alikes/randomness.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf, UUID_PARTS } from '../token-form.ts';

const TOKEN = sampleOf([run('lower', 2), '-', ...UUID_PARTS], 'conda-channel-token');
const OTHER = sampleOf([run('alnum', 40)], 'conda-channel-token');
const HOSTS = ['.org', '.com', '.net', '.io', '.dev', '.cloud', '/conda'];

/** A rule for tokens in the path of a channel, where conda looks for them. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'conda-channel-token',
    version: 1,
    family: 'registries',
    title: 'token of a conda channel',
    about:
      'Tokens in addresses of channels of conda (`https://conda.anaconda.org/t/TOKEN/channel`), also those of other servers',
  }),
  keywords: HOSTS.map((host) => `${host}/t/`),
  pattern: /(?<prefix>[./][a-z]{2,5}\/t\/)(?<token>[A-Za-z0-9_-]{16,100})(?=\/[A-Za-z0-9])/y,
  reach: 120,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a channel',
        make: () => `channels:\n  - https://conda.anaconda.org/t/${TOKEN}/q4zk\n`,
      },
      {
        about: 'of another server',
        make: () => `channels:\n  - https://repo.q4zk.io/t/${OTHER}/get/main\n`,
      },
    ],
    fine: [
      {
        about: 'a topic of a forum',
        make: () => 'https://forum.q4zk.io/t/how-to-reset-2fa-in-2024/19/4\n',
      },
      {
        about: 'a placeholder',
        make: () => 'https://conda.anaconda.org/t/your-token-of-it/q4zk\n',
      },
      { about: 'no channel', make: () => `https://mail.q4zk.io/t/${OTHER}/open\n` },
    ],
  },
};

const OWN = /^[a-z0-9]{2}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What stands near an address of a channel. */
const CHANNEL = /conda|channel/i;
const NEAR = 300;

const HELD: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where conda has its token, and looks random',
};

function judge(match: SecretMatch): SecretAnswer | null {
  const { token = '' } = match.groups;
  if (isPlaceholder(token) || !(OWN.test(token) || looksGenerated(token))) return null;
  if (!CHANNEL.test(`${match.before.slice(-NEAR)}${match.after.slice(0, NEAR)}`)) return null;
  return unlessExample(HELD, match);
}
