import { unlessExample } from '../../look-alikes/example-context.ts';
import { isPlaceholder, looksRandom } from '../../look-alikes/randomness.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { hasChecksum } from '../loose-value.ts';
import { run, sampleOf, UUID_PARTS } from '../token-form.ts';

const SAMPLE = [run('alnum', 36)];

/** Between the name of the header and what it holds. */
const SIGN = '\\\\?["\']?\\]?\\s{0,4}[:,=]\\s{0,4}[f$]?\\\\?["\'`]?';
/** Whose token it is, as issuers name it; those that have rules of their own and signatures are none. */
const SCHEME =
  '(?![Bb]asic|[Dd]igest|[Nn]egotiate|[Nn][Tt][Ll][Mm]|AWS|Hawk|Signature|HMAC|GoogleLogin|token=)[A-Za-z][A-Za-z0-9-]{1,30}(?: |=(?!=))(?:token="?)?';

export const rule: SecretRule = {
  ...textsOf({
    id: 'authorization-header',
    version: 6,
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
    ...[': ', '": ', "': ", '", ', "', ", '":"', '=', '\\": '].map((sign) => `uthorization${sign}`),
    'Private-Token',
    'PRIVATE-TOKEN',
    'Private-token',
    'private-token',
  ],
  pattern: new RegExp(
    `(?<prefix>(?:[Bb]earer (?:["'] ?\\+ ?["'])?|Token token="?|ApiKey |uthorization${SIGN}(?:${SCHEME})?|(?:[Xx]-(?:[Aa][Pp][Ii]-[Kk][Ee][Yy]|[Aa]uth-[Tt]oken)|[Pp](?:rivate|RIVATE)-[Tt](?:oken|OKEN))\\\\?["']?\\]?\\s{0,4}[:,=]\\s{0,4}\\\\?["']?))(?<value>[A-Za-z0-9+/=_.~:-]{20,400})`,
    'y',
  ),
  reach: 480,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a header in code',
        make: () => `headers: { Authorization: "Bearer ${sampleOf(SAMPLE, 'a')}" }`,
      },
      {
        about: 'a UUID under the name that its issuer gives to the scheme',
        make: () =>
          `curl -H "Authorization: GenieKey ${sampleOf(UUID_PARTS, 'c')}" https://q4zk.io`,
      },
      {
        about: 'a token without a scheme',
        make: () => `curl -H 'Authorization: ${sampleOf(SAMPLE, 'd')}' https://q4zk.io`,
      },
      {
        about: 'a call of curl',
        make: () => `curl -H 'X-Api-Key: ${sampleOf(SAMPLE, 'b')}' https://q4zk.io`,
      },
    ],
    noted: [
      {
        about: 'in the help of a command',
        make: () => `X-One: foo-bar-baz\nAuthorization: token ${sampleOf(SAMPLE, 'g')}\n`,
      },
    ],
    fine: [
      {
        about: 'a variable',
        make: () => `Authorization: "Bearer ${'$'}{accessTokenOfTheUserInSession}"`,
      },
      {
        about: 'a signature of a request',
        make: () => `Authorization: Signature keyId="${sampleOf(SAMPLE, 'e')}"`,
      },
      {
        about: 'what answers a challenge of ACME',
        make: () => `key_authorization='foo.${sampleOf([run('base64Url', 43)], 'f')}'`,
      },
      { about: 'words', make: () => 'Bearer authentication-is-the-default-scheme' },
      { about: 'a placeholder', make: () => 'X-Api-Key: 1234567890abcdefghij' },
    ],
  },
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::fx)?$/i;

/** What a server shows to everyone so as to answer a challenge (RFC 8555, section 8.1). */
const KEY_AUTHORIZATION = /key_?a$/i;

/** JSON Web Tokens have a rule of their own. */
function judge(match: SecretMatch): SecretAnswer | null {
  const { groups, before, after } = match;
  const value = groups['value'] ?? '';
  if (KEY_AUTHORIZATION.test(before)) return null;
  if (/^ey[A-Z][^.]*\.[^.]*\./.test(value) || isPlaceholder(value) || /^[(<{[$]/.test(after))
    return null;
  const isDrawn = UUID.test(value)
    ? looksRandom(value.slice(0, 36).replaceAll('-', ''), 16)
    : looksGenerated(value.replace(/=+$/, ''));
  if (!isDrawn || hasChecksum(value)) return null;
  return unlessExample(
    { confidence: 'plausible', reason: 'it stands where a credential does, and looks random' },
    match,
  );
}
