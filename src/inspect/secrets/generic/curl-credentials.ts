import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'curl-credentials',
    version: 7,
    family: 'generic',
    title: 'credentials of a call of curl',
    about: 'User and password that are given to curl (`curl -u user:password`)',
  }),
  keywords: ['curl '],
  pattern:
    /(?<prefix>curl\s(?:(?:[^|;\n]|\\\r?\n){0,400}?\s)?(?:-u|--user|-U|--proxy-user)[ \t=]{1,4}["']?(?<user>[^\s:"'`]{0,100})["']?:)["']?(?<password>[^\s"'`]{4,200})/y,
  reach: 760,
  verify: judge,
  examples: {
    bad: [
      { about: 'a call', make: () => `curl -sf -u app:${SAMPLE_PASSWORD} https://q4zk.io/v1` },
      {
        about: 'a call through a proxy',
        make: () => `curl --proxy-user app:${SAMPLE_PASSWORD} --proxy https://q4zk.io:8080`,
      },
      {
        about: 'a call on several lines',
        make: () =>
          `curl -X POST https://q4zk.io \\\n  -H 'Accept: */*' \\\n  -u app:${SAMPLE_PASSWORD}`,
      },
    ],
    fine: [
      { about: 'a variable', make: () => 'curl -u "app:$PASSWORD" https://q4zk.io' },
      { about: 'a placeholder', make: () => 'curl -u user:password https://example.com' },
      { about: 'no credentials', make: () => 'curl -sf https://q4zk.io/v1 | tar x' },
    ],
  },
};

function judge(match: SecretMatch): SecretAnswer | null {
  const host = /https?:\/\/(?<host>[^/\s"'`]{1,255})/.exec(match.after)?.groups?.['host'];
  return judgeLogin(match, { ...match.groups, host });
}
