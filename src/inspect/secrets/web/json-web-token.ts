import { unlessExample } from '../../look-alikes/example-context.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { wasOver } from '../../secret-format/expiry.ts';
import { textsOf } from '../define.ts';

/** The samples of the debugger at jwt.io and of RFC 7515 and 7519, which all documentation has. */
const SAMPLES = /"sub":"1234567890"|"name":"John Doe"|"iss":"joe"|"iat":1516239022/;
/** Claims of tokens that pages show to everyone: anonymous and publishable ones. */
const PUBLIC = /"role":"anon"|"u":"[^"]{1,64}","a":"|"type":"(?:public|anon|publishable)"/;
/** A claim that names a subject, an issuer, a time or a right. */
const CLAIM =
  /^(?:iss|sub|aud|exp|iat|nbf|jti|azp|sid|uid|rol|kid|pat|tid|per)$|access|user|email|role|scope|client|tenant|org|session|account|api|key|id$/i;
const SIGNED: SecretAnswer = {
  confidence: 'plausible',
  reason: 'its header and claims are those of a signed token',
};
/** First names of headers, as long as none begins a payload too: no window reaches far over the next
 * place of its keyword. */
const NAMES = ['alg', 'typ', 'kid', 'cty', 'x5t', 'x5c', 'jku', 'jwk', 'enc', 'zip', 'ver'];
const STARTS = [
  ...NAMES.map((name) => `{"${name}"`),
  ...['{ "', '{\n  "', '{\n    "'].flatMap((begin) =>
    ['alg', 'typ', 'kid'].map((name) => begin + name),
  ),
];

/** The base64 of a text and of whatever follows: what only its last bits decide is left out. */
function startInBase64(text: string): string {
  return Buffer.from(text)
    .toString('base64url')
    .slice(0, Math.floor((text.length * 4) / 3));
}

const HEADER = { alg: 'HS256', typ: 'JWT' };

export const rule: SecretRule = {
  ...textsOf({
    id: 'json-web-token',
    version: 4,
    family: 'web',
    title: 'JSON Web Token',
    about:
      'Signed JSON Web Tokens (RFC 7519), by their header; unsigned and anonymous ones are only noted',
    attack: 'Whoever has the token is its subject until it expires, and many never do',
  }),
  keywords: STARTS.map(startInBase64),
  pattern:
    /(?<prefix>e[yw][A-Za-z][A-Za-z0-9])(?<header>[A-Za-z0-9_-]{10,1200})\.(?<payload>[A-Za-z0-9_-]{8,3000})\.(?<signature>[A-Za-z0-9_-]{0,1200})/y,
  reach: 5500,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a token in code',
        make: () => `const token = "${example(HEADER, { sub: 'u-81' })}";`,
      },
      {
        about: 'a token whose claims begin as its header does',
        make: () =>
          `token: ${example(HEADER, { aud: 'https://q4zk.io/a/long/name/of/an/api', sub: 'u-81', scope: 'all' })}\n`,
      },
      {
        about: 'a token with a header on several lines',
        make: () =>
          `"${[JSON.stringify(HEADER, null, 2), '{"sub":"u-81"}'].map((part) => Buffer.from(part).toString('base64url')).join('.')}.${'q7Vx'.repeat(8)}"`,
      },
      {
        about: 'a token after Bearer',
        make: () =>
          `Authorization: Bearer ${example({ alg: 'RS256', kid: 'a1' }, { iss: 'q4zk', sub: 'ci' })}`,
      },
    ],
    noted: [
      {
        about: 'a token that ended in 2025',
        make: () => `"token": "${example({ alg: 'ES256' }, { sub: '46497', exp: 1747338343 })}"`,
      },
      {
        about: 'a token that ended in 2008, in milliseconds',
        make: () => `"${example({ alg: 'ES256' }, { sub: '46497', exp: '1217742717705' })}"`,
      },
    ],
    fine: [
      {
        about: 'base64 of other JSON',
        make: () => `"${Buffer.from('{"a":[1,2,3,4,5,6]}').toString('base64url')}"`,
      },
      { about: 'the start of a header', make: () => 'starts with eyJhbGciOiJIUzI1NiJ9. and so on' },
    ],
  },
};

function judge(match: SecretMatch): SecretAnswer | null {
  const { text, before } = match;
  if (/[A-Za-z0-9]$/.test(before)) return null;
  const [header = '', payload = '', signature = ''] = text.split('.');
  const head = parse(header);
  const claims = parse(payload);
  if (head === null || typeof head['alg'] !== 'string') return null;
  if (claims === null) return { confidence: 'weak', reason: 'its payload is not JSON' };
  if (head['alg'].toLowerCase() === 'none' || signature.length < 20) {
    return { confidence: 'weak', reason: 'it is not signed' };
  }
  const body = Buffer.from(payload, 'base64url').toString('latin1').replace(/\s/g, '');
  if (SAMPLES.test(body))
    return { confidence: 'weak', reason: 'it is the sample of documentation' };
  if (PUBLIC.test(body)) return { confidence: 'weak', reason: 'it is one that pages show' };
  const { exp } = claims;
  const isInMs = typeof exp === 'string' && /^\d{13}$/.test(exp);
  if (isInMs ? wasOver(Number(exp)) : typeof exp === 'number' && wasOver(exp * 1000)) {
    return { confidence: 'weak', reason: 'it ended on a day that is long over' };
  }
  if (!Object.keys(claims).some((one) => CLAIM.test(one))) {
    return { confidence: 'weak', reason: 'nobody is named in its claims' };
  }
  return unlessExample(SIGNED, match);
}

function parse(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}

function example(header: object, claims: object): string {
  const signature = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 83 + 29) % 256));
  return [
    Buffer.from(JSON.stringify(header)).toString('base64url'),
    Buffer.from(JSON.stringify(claims)).toString('base64url'),
    signature.toString('base64url'),
  ].join('.');
}
