/** Reading what a JWT says about itself (RFC 7519), without trusting it. */
import { decodeBase64Loosely } from './token-checksum.ts';

/** The object in one part of a JWT; null when it is none. */
export function readJwtPart(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(decodeBase64Loosely(part)?.toString('utf8') ?? '');
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
