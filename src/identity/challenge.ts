/**
 * Challenges that people sign to get a session. Anyone may ask for one, so none is stored: it
 * carries its end and a keyed digest, and only one that was used is remembered until it has ended.
 */
import type { Hasher } from '../core/crypto.ts';
import { isCountersignError } from '../core/errors.ts';
import { decodeBase64url, encodeBase64url } from '../formats/base64.ts';
import { concatBytes, equalBytes } from '../formats/bytes.ts';

/** Random bytes of a challenge, and of the key that the process makes at its start. */
export const CHALLENGE_RANDOM_BYTES = 24;
export const CHALLENGE_KEY_BYTES = 32;

const TIME_BYTES = 8;
const DIGEST_BYTES = 32;

/** `key` never leaves the process. A challenge of another process or an earlier start is unknown. */
export async function createChallenge(
  hasher: Hasher,
  key: Uint8Array,
  expiresAt: string,
  random: Uint8Array,
): Promise<string> {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(Date.parse(expiresAt)));
  const body = concatBytes(random, time);
  return encodeBase64url(concatBytes(body, await keyedDigest(hasher, key, body)));
}

/** When the challenge ends, RFC 3339; null for one that was not made with this key. */
export async function readChallenge(
  hasher: Hasher,
  key: Uint8Array,
  challenge: string,
): Promise<string | null> {
  const bytes = decodeOrNull(challenge);
  if (bytes?.length !== CHALLENGE_RANDOM_BYTES + TIME_BYTES + DIGEST_BYTES) return null;
  const body = bytes.subarray(0, -DIGEST_BYTES);
  if (!equalBytes(await keyedDigest(hasher, key, body), bytes.subarray(-DIGEST_BYTES))) return null;
  const view = new DataView(body.buffer, body.byteOffset + CHALLENGE_RANDOM_BYTES, TIME_BYTES);
  return new Date(Number(view.getBigUint64(0))).toISOString();
}

/** SHA-256(key, SHA-256(key, body)): nested, so that nothing can be appended to a known digest. */
async function keyedDigest(hasher: Hasher, key: Uint8Array, body: Uint8Array): Promise<Uint8Array> {
  return hasher.sha256(concatBytes(key, await hasher.sha256(concatBytes(key, body))));
}

function decodeOrNull(challenge: string): Uint8Array | null {
  if (challenge.length > 128) return null;
  try {
    return decodeBase64url(challenge);
  } catch (error) {
    if (isCountersignError(error)) return null;
    throw error;
  }
}
