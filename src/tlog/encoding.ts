import { CountersignError, type ErrorCode } from '../core/errors.ts';
import { decodeBase64 } from '../formats/base64.ts';
import { quoteForeign } from '../formats/text.ts';
import { HASH_BYTES } from './leaf.ts';

/** The 32-byte hash in a line of strict base64. Throws `code` naming `what`. */
export function decodeHash(text: string, what: string, code: ErrorCode): Uint8Array {
  // The length is looked at before anything is decoded: 44 characters hold 32 bytes.
  const hash = text.length === 44 ? decodeBase64(text, what, code) : undefined;
  if (hash?.length === HASH_BYTES) return hash;
  throw new CountersignError(
    code,
    `expected ${what} as ${HASH_BYTES} bytes of base64, found ${quoteForeign(text)}`,
  );
}

/**
 * A decimal from 0 to 2^53 - 1 without sign, leading zeros or white space. Throws `code` naming
 * `what`; larger numbers are refused too, since no log that we can read is that large.
 */
export function parseDecimal(text: string, what: string, code: ErrorCode): number {
  const value = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new CountersignError(
    code,
    `expected ${what} as a decimal from 0 to 2^53 - 1 without leading zeros, found ${quoteForeign(text)}`,
  );
}
