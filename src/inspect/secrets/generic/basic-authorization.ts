import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'basic-authorization',
    family: 'generic',
    title: 'basic authorization',
    about: 'User and password in base64 after `Basic`, in headers',
  }),
  keywords: ['Basic ', 'basic '],
  pattern: /(?<prefix>[Bb]asic )(?<value>[A-Za-z0-9+/]{14,400}={0,2})/y,
  reach: 420,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a header in code',
        make: () =>
          `Authorization: "Basic ${Buffer.from(`app:${SAMPLE_PASSWORD}`).toString('base64')}"`,
      },
    ],
    fine: [
      { about: 'words', make: () => 'Basic authentication for everyone' },
      {
        about: 'the sample of RFC 7617',
        make: () => `Basic ${Buffer.from('Aladdin:open sesame').toString('base64')}`,
      },
    ],
  },
};

function judge(match: SecretMatch): SecretAnswer | null {
  const { groups } = match;
  const text = Buffer.from(groups['value'] ?? '', 'base64').toString('latin1');
  const pair = /^(?<user>[\x21-\x39\x3b-\x7e]{1,100}):(?<password>[\x21-\x7e]{4,300})$/.exec(text);
  if (pair === null) return null;
  const { user, password } = pair.groups ?? {};
  const answer = judgeLogin(match, { user, password });
  return answer?.confidence === 'plausible'
    ? { confidence: 'plausible', reason: 'it decodes to a user and a password' }
    : answer;
}
