import type { SecretRule } from '../rule.ts';
import { standsAlone } from '../secret-format/token-checksum.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Where a secret access key may begin: not inside a longer run of its characters. */
const SECRET = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

const EXAMPLE_ID = ['AKIA', 'Y3QMSW7PDRT2', 'KLV5'].join('');
const EXAMPLE_SECRET = ['k9Jx2Lq7Vb', '4Nw8Zr1Tf6', 'Hy3Gc5Md0P', 's+aE/uOiXe'].join('');

export const rule: SecretRule = {
  kind: 'secret',
  id: 'aws-access-key',
  version: 1,
  category: 'secret',
  severity: 'critical',
  title: 'AWS access key',
  about:
    'AWS access key ids (`AKIA`, `ASIA`, `ABIA`, `ACCA`), and whether a secret access key is near',
  attack: 'The key pair opens the AWS account: storage, machines, and what they publish',
  mend: 'Deactivate the key in IAM now, then remove it from the package; use short-lived roles in CI',
  keywords: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
  pattern: /(?<prefix>A(?:KIA|SIA|BIA|CCA))(?<id>[A-Z2-7]{16})/y,
  reach: 64,
  verify(match) {
    const { text, before, after, groups } = match;
    if (!standsAlone(match)) return null;
    if (text.includes('EXAMPLE'))
      return { confidence: 'weak', reason: 'it is marked as an example' };
    if (new Set(groups['id']).size < 6 || !hasAccount(groups['id'] ?? '')) {
      return { confidence: 'weak', reason: 'no account is encoded in it' };
    }
    if (hasSecret(before) || hasSecret(after)) {
      return { confidence: 'plausible', reason: 'what looks like its secret key is near' };
    }
    return { confidence: 'weak', reason: 'no secret key is near; the id alone opens nothing' };
  },
  examples: {
    bad: [
      {
        about: 'id and secret in a credentials file',
        make: () => `aws_access_key_id=${EXAMPLE_ID}\naws_secret_access_key=${EXAMPLE_SECRET}\n`,
      },
      {
        about: 'secret before the id, in code',
        make: () => `{ secretAccessKey: "${EXAMPLE_SECRET}", accessKeyId: "${EXAMPLE_ID}" }`,
      },
    ],
    fine: [
      { about: 'the letters inside a longer text', make: () => `x${EXAMPLE_ID}y` },
      { about: 'a short word', make: () => 'AKIAS and ASIAN' },
    ],
  },
};

/** The id encodes a twelve-digit account in its first ten base32 characters (bits 7 to 46). */
function hasAccount(id: string): boolean {
  if (/^[IJ]/.test(id)) return true; // ids of before 2019 encode nothing
  let value = 0n;
  for (const character of id.slice(0, 10)) value = value * 32n + BigInt(BASE32.indexOf(character));
  const first48 = value >> 2n;
  return ((first48 >> 7n) & 0xff_ffff_ffffn) <= 999_999_999_999n;
}

/** Forty characters of every kind: digests have no capitals, words no digits. */
function hasSecret(text: string): boolean {
  return [...text.matchAll(SECRET)].some(
    ([one]) =>
      /[a-z]/.test(one) && /[A-Z]/.test(one) && /[0-9]/.test(one) && new Set(one).size >= 16,
  );
}
