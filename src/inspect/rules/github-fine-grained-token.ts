import { isPlaceholder } from '../look-alikes/randomness.ts';
import type { SecretRule } from '../rule.ts';
import { sha256Base32, standsAlone } from '../secret-format/token-checksum.ts';
import { PLACEHOLDER } from '../secrets/answers.ts';

/** Everything before the eight characters that depend on it. */
function exampleBody(): string {
  const id = '11ABCDE2Y0a1B2c3D4e5F6';
  return `github_${'pat'}_${id}_G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v2W3x4Y5z6A7b`;
}

const ORDER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const rule: SecretRule = {
  kind: 'secret',
  id: 'github-fine-grained-token',
  version: 3,
  category: 'secret',
  severity: 'critical',
  title: 'GitHub fine-grained token',
  about:
    'Fine-grained personal access tokens of GitHub (`github_pat_`), with the digest inside them',
  attack: 'The token reads or changes the repositories that its owner gave it',
  mend: 'Revoke the token at GitHub now, then remove it from the package; a published secret stays public',
  keywords: ['github_pat_'],
  pattern:
    /(?<prefix>github_pat_)(?:(?<id>[A-Za-z0-9]{22})_(?<body>[A-Za-z0-9]{43})(?<check>[A-Za-z0-9]{8})[A-Za-z0-9]{8}|(?<other>[A-Za-z0-9_]{36,120}))/y,
  reach: 136,
  verify(match) {
    const { id = '', other, body = other ?? '', check } = match.groups;
    if (sha256Base32(`github_pat_${id}_${body}`, 8) === check) {
      return { confidence: 'proven', reason: 'the digest inside it is right' };
    }
    if (!standsAlone(match)) return null;
    // GitHub documents no digest: a wrong one lowers nothing that looks random
    return new Set(body).size >= 16 && !isPlaceholder(body)
      ? { confidence: 'plausible', reason: 'it has the form of a token' }
      : PLACEHOLDER;
  },
  examples: {
    bad: [
      {
        about: 'a token with its digest',
        make: () => `${exampleBody()}${sha256Base32(exampleBody(), 8)}Zz9Yy8Xx`,
      },
      { about: 'a token with another digest', make: () => `"${exampleBody()}AAAAAAAAZz9Yy8Xx"` },
    ],
    noted: [
      {
        about: 'letters and digits in their order',
        make: () =>
          `"github_${'pat'}_0A1B2C3D4E5F6G7H8I9J0K_${ORDER}${ORDER.toLowerCase()}0123456"`,
      },
    ],
    fine: [
      { about: 'the prefix alone', make: () => 'starts with github_pat_ and then 82 characters' },
    ],
  },
};
