import { readsLikeExample, unlessExample } from '../../look-alikes/example-context.ts';
import { sampleSource } from '../../look-alikes/published-sample.ts';
import { isPlaceholder } from '../../look-alikes/randomness.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { PLACEHOLDER } from '../answers.ts';
import { textsOf } from '../define.ts';

const PRIVATE = /\\?["']d\\?["']\s{0,4}:\s{0,4}\\?["'](?<key>[A-Za-z0-9_-]{40,1400})\\?["']/;
const SYMMETRIC = /\\?["']k\\?["']\s{0,4}:\s{0,4}\\?["'](?<key>[A-Za-z0-9_-]{20,700})\\?["']/;
const D = ['t0Vn3qPzR8k_ZcYw1mXhB7uGdJ5', 'sKf2LoT9vE-aIpHy4'].join('');
/** Of RFC 7515, appendix A.3. */
const PUBLISHED_D = ['jpsQnnGQmL-YBIffH1136cspYG6', '-0iY7X1fCE9-E9LI'].join('');
const X = ['MKBCTNIcKUSDii11ySs3526iDZ8A', 'iTo7Tu6KPAqv7D4'].join('');

export const rule: SecretRule = {
  ...textsOf({
    id: 'jwk-private-key',
    version: 2,
    family: 'keys',
    title: 'private JSON Web Key',
    about: 'JSON Web Keys (RFC 7517) with their private part, and symmetric ones',
  }),
  keywords: ['"kty"', "'kty'", '\\"kty\\"'],
  pattern:
    /(?<prefix>\\?["']kty\\?["']\s{0,4}:\s{0,4}\\?["'])(?<type>RSA|EC|OKP|oct)\\?["'](?<rest>[^{}]{0,4000})/y,
  reach: 4096,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'an elliptic curve key',
        make: () => `{"kty":"EC","crv":"P-256","x":"${X}","d":"${D}"}`,
      },
      {
        about: 'a private part before the type',
        make: () => `{ "d": "${D}", "kty": "OKP", "crv": "Ed25519" }`,
      },
      { about: 'a symmetric key', make: () => `{"kty":"oct","alg":"HS256","k":"${X}"}` },
    ],
    noted: [
      {
        about: 'the key of a standard, in two lines of a program',
        make: () =>
          `{"kty":"EC","crv":"P-256","x":"${X}",\n "d":"${PUBLISHED_D.slice(0, 20)}"\n   "${PUBLISHED_D.slice(20)}"}`,
      },
      {
        about: 'a key that names an example as its owner',
        make: () => `{"kty":"oct","kid":"alice@hobbiton.example","k":"${X}"}`,
      },
    ],
    fine: [
      { about: 'a public key', make: () => `{"kty":"EC","crv":"P-256","x":"${X}"}` },
      { about: 'a type', make: () => '{ "kty": "RSA" }' },
    ],
  },
};

/** Between two literals that a program joins, one under the other. */
const JOINT = /\\?["']\s{0,80}(?:\+\s{0,80})?(?:\\\s{0,80})?b?\\?["']/g;

function judge(match: SecretMatch): SecretAnswer | null {
  const { groups, before } = match;
  const { type, rest = '' } = groups;
  const text = `${before.slice(before.lastIndexOf('{') + 1)} ${rest}`.replace(JOINT, '');
  const key = (type === 'oct' ? SYMMETRIC : PRIVATE).exec(text)?.groups?.['key'];
  if (key === undefined) return null;
  if (isPlaceholder(key)) return PLACEHOLDER;
  const source = sampleSource(key);
  if (source !== null) {
    return { confidence: 'weak', reason: `it is a sample that everyone knows, from ${source}` };
  }
  // the owner that it names, as hobbiton.example (RFC 2606)
  if (/@[a-z.-]{1,60}\.example\b/.test(text) || readsLikeExample(text)) {
    return { confidence: 'weak', reason: 'it says itself that it is an example' };
  }
  return unlessExample({ confidence: 'plausible', reason: 'its private part is there' }, match);
}
