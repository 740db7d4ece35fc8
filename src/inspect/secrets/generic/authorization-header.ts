import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { unlessExample } from '../example-context.ts';
import { isPlaceholder } from '../randomness.ts';
import { looksGenerated } from '../surprise.ts';
import { run, sampleOf } from '../token-form.ts';

const SAMPLE = [run('alnum', 36)];

export const rule: SecretRule = {
  ...textsOf({
    id: 'authorization-header',
    family: 'generic',
    title: 'authorization header',
    about: 'Tokens and keys in headers: after `Bearer`, `Token` and their like, and in `X-Api-Key`',
  }),
  keywords: [
    'Bearer ',
    'bearer ',
    'Token token=',
    'ApiKey ',
    'x-api-key',
    'X-API-Key',
    'X-Api-Key',
    'X-API-KEY',
    'X-Auth-Token',
    'x-auth-token',
    'Authorization: token ',
    'Authorization": "',
    "Authorization': '",
    'Authorization", "',
    "Authorization', '",
    'Authorization: "',
    "Authorization: '",
    'authorization": "',
    'authorization: "',
    "authorization: '",
    'Private-Token',
    'PRIVATE-TOKEN',
    'Private-token',
    'private-token',
  ],
  pattern:
    /(?<prefix>(?:[Bb]earer (?:["'] ?\+ ?["'])?|Token token="?|ApiKey |Authorization: token |[Aa]uthorization["']?[:,] ["'](?:(?:[Bb]earer|[Tt]oken|[Aa]pi-?[Kk]ey|[Kk]ey|[Bb]ot) )?|(?:[Xx]-(?:[Aa][Pp][Ii]-[Kk][Ee][Yy]|[Aa]uth-[Tt]oken)|[Pp](?:rivate|RIVATE)-[Tt](?:oken|OKEN))\\?["']?\]?\s{0,4}[:,=]\s{0,4}\\?["']?))(?<value>[A-Za-z0-9+/=_.~-]{20,400})/y,
  reach: 480,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a header in code',
        make: () => `headers: { Authorization: "Bearer ${sampleOf(SAMPLE, 'a')}" }`,
      },
      {
        about: 'a call of curl',
        make: () => `curl -H 'X-Api-Key: ${sampleOf(SAMPLE, 'b')}' https://q4zk.io`,
      },
    ],
    fine: [
      {
        about: 'a variable',
        make: () => `Authorization: "Bearer ${'$'}{accessTokenOfTheUserInSession}"`,
      },
      { about: 'words', make: () => 'Bearer authentication-is-the-default-scheme' },
      { about: 'a placeholder', make: () => 'X-Api-Key: 1234567890abcdefghij' },
    ],
  },
};

/** JSON Web Tokens have a rule of their own. */
function judge(match: SecretMatch): SecretAnswer | null {
  const { groups, after } = match;
  const value = groups['value'] ?? '';
  if (/^ey[A-Z][^.]*\.[^.]*\./.test(value) || isPlaceholder(value) || /^[(<{[$]/.test(after))
    return null;
  if (!looksGenerated(value.replace(/=+$/, ''))) return null;
  return unlessExample(
    { confidence: 'plausible', reason: 'it stands where a credential does, and looks random' },
    match,
  );
}
