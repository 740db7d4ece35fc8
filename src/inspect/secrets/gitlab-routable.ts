/** The newer tokens of GitLab, which say where they belong and carry their length and a checksum. */
import { crc32Base36 } from '../secret-format/token-checksum.ts';
import { type Part, run } from './token-form.ts';

/** What follows the prefix: payload, `.`, in newer ones a version and `.`, length and checksum. */
export const ROUTABLE_FORMS: readonly (readonly Part[])[] = [
  [run('base64Url', 27, 300), '.01.', run('lowerDigit', 9)],
  [run('base64Url', 27, 300), '.', run('lowerDigit', 9)],
];

/**
 * A routable token with the length of its payload (base36, two digits) and the checksum of all
 * before it; null for a token without a dot, which is of the older form. `prefix` ends where the
 * payload begins.
 */
export function signRoutable(token: string, prefix: RegExp): string | null {
  const dot = token.indexOf('.');
  const start = prefix.exec(token)?.[0].length;
  if (dot === -1 || start === undefined) return null;
  const body = token.slice(0, -9) + (dot - start).toString(36).padStart(2, '0');
  return body + crc32Base36(body);
}
