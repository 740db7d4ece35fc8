import type { SecretAnswer, SecretMatch, SecretRule } from '../rule.ts';
import { crc32Base62, decodeBase64Loosely, standsAlone } from '../secret-format/token-checksum.ts';
import { RIGHT_CHECKSUM, WRONG_CHECKSUM } from '../secrets/answers.ts';

const BODY = 'Zy9xWv6uTs3rQp0oNm7lKj4iHg1fEd';

/** App installation tokens of 2026 hold a JWT; no match runs over another `ghs_`. */
const PATTERN =
  /(?<prefix>gh[pousr]_)(?:(?<app>[0-9]{1,20})_(?<header>eyJ[A-Za-z0-9_-]{8,400})\.(?<payload>eyJ[A-Za-z0-9_-]{8,2000})\.[A-Za-z0-9_-]{16,700}|(?<refresh>[A-Za-z0-9]{76})|(?<body>[A-Za-z0-9]{30})(?<check>[A-Za-z0-9]{6}))/y;

export const rule: SecretRule = {
  kind: 'secret',
  id: 'github-token',
  version: 1,
  category: 'secret',
  severity: 'critical',
  title: 'GitHub token',
  about:
    'GitHub tokens of people, OAuth and apps (`ghp_`, `gho_`, `ghu_`, `ghs_`, `ghr_`), with their checksum, or the JWT of newer installation tokens',
  attack:
    'The token reads or changes repositories, and through workflows reaches what they publish',
  mend: 'Revoke the token at GitHub now, then remove it from the package; a published secret stays public',
  keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
  pattern: PATTERN,
  reach: 3200,
  verify(match) {
    const { app, refresh } = match.groups;
    if (app !== undefined) return verifyInstallation(match);
    if (refresh !== undefined) return verifyRefresh(match, refresh);
    const { body = '', check } = match.groups;
    return verifyChecksum(match, crc32Base62(body) === check);
  },
  examples: {
    bad: [
      ...['ghp', 'gho', 'ghu', 'ghs'].map((kind) => ({
        about: `a ${kind} token in code`,
        make: () => `token: ${kind}_${BODY}${crc32Base62(BODY)}\n`,
      })),
      {
        about: 'a refresh token',
        make: () => `ghr_${BODY}${BODY}0123456789${crc32Base62(`${BODY}${BODY}0123456789`)}`,
      },
      {
        about: 'an installation token of the newer form',
        make: () => `ghs_123456_${jwtPart({ alg: 'RS256' })}.${jwtPart({ iss: '123456' })}.${BODY}`,
      },
    ],
    fine: [
      { about: 'the prefixes alone', make: () => 'ghp_ gho_ ghs_abc ghr_token' },
      { about: 'a longer word', make: () => `ghp_${'x'.repeat(50)}` },
    ],
  },
};

function jwtPart(value: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function verifyChecksum(match: SecretMatch, right: boolean): SecretAnswer | null {
  if (right) return RIGHT_CHECKSUM;
  if (!standsAlone(match)) return null;
  return WRONG_CHECKSUM;
}

/** 76 letters and digits are a refresh token, or a shorter token with text behind it. */
function verifyRefresh(match: SecretMatch, text: string): SecretAnswer | null {
  const isRight = [76, 36].some(
    (length) => crc32Base62(text.slice(0, length - 6)) === text.slice(length - 6, length),
  );
  const isRefresh = match.groups['prefix'] === 'ghr_';
  return isRight || isRefresh ? verifyChecksum(match, isRight) : null;
}

function verifyInstallation({ groups }: SecretMatch): SecretAnswer {
  const isJwt = [groups['header'], groups['payload']].every((part) => isJsonObject(part ?? ''));
  return isJwt
    ? { confidence: 'proven', reason: 'it holds a well-formed JWT' }
    : { confidence: 'weak', reason: 'its JWT cannot be read' };
}

function isJsonObject(part: string): boolean {
  try {
    const value: unknown = JSON.parse(decodeBase64Loosely(part)?.toString('utf8') ?? '');
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
