/** Marvin32, with which Microsoft marks its keys so that they can be told from any other text. */
import { base62 } from './token-checksum.ts';

/** The seed of the common annotated keys: "Default0" as a number. */
const COMMON_SEED = 0x4465_6661_756c_7430n;

/**
 * Marvin32 of `bytes`: two 32-bit words, low and high. `seed` is a 64-bit number. The published
 * vectors are in the test.
 */
export function marvin(bytes: Buffer, seed: bigint): readonly [number, number] {
  let low = Number(seed & 0xffff_ffffn);
  let high = Number(seed >> 32n);
  const mix = (word: number): void => {
    low = (low + word) >>> 0;
    high = (high ^ low) >>> 0;
    low = (rotate(low, 20) + high) >>> 0;
    high = (rotate(high, 9) ^ low) >>> 0;
    low = (rotate(low, 27) + high) >>> 0;
    high = rotate(high, 19);
  };
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) mix(bytes.readUInt32LE(at));
  // what is left, and a bit that says where it ends
  const tail = Buffer.alloc(4);
  bytes.copy(tail, 0, whole);
  tail[bytes.length - whole] = 0x80;
  mix(tail.readUInt32LE(0));
  mix(0);
  return [low, high];
}

/** Both words of Marvin32 combined, as four bytes in little endian. */
export function marvin32(bytes: Buffer, seed: bigint): Buffer {
  const [low, high] = marvin(bytes, seed);
  const digest = Buffer.alloc(4);
  digest.writeUInt32LE((low ^ high) >>> 0);
  return digest;
}

function rotate(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0;
}

/**
 * An identifiable key of Azure with the checksum of the first of `seeds`, or the key itself when it
 * has that of another of them: the last four of its bytes. `key` is base64, or base64url when it
 * has its characters; it keeps its alphabet.
 */
export function signAzureKey(key: string, seeds: readonly bigint[]): string {
  const bytes = Buffer.from(key, 'base64');
  const body = bytes.subarray(0, -4);
  const own = bytes.subarray(-4);
  const digests = seeds.map((seed) => marvin32(body, seed));
  const digest = digests.find((one) => one.equals(own)) ?? digests[0] ?? own;
  const signed = Buffer.concat([body, digest]).toString('base64');
  return /[-_]/.test(key) ? signed.replaceAll('+', '-').replaceAll('/', '_') : signed;
}

/**
 * A common annotated key (84 characters) with its checksum in the last four: base62 of the digest,
 * whose bytes the known issuers take in either order, or its base64. A key that has one of these is
 * returned as it is; otherwise it gets that of NuGet.
 */
export function signCommonKey(key: string): string {
  const body = key.slice(0, 80);
  const digest = marvin32(Buffer.from(body, 'base64'), COMMON_SEED);
  const checks = [
    base62(digest.readUInt32BE(0)).padEnd(6, '0').slice(0, 4),
    base62(digest.readUInt32LE(0)).padEnd(6, '0').slice(0, 4),
    digest.toString('base64').slice(0, 4),
  ];
  const check = checks.find((one) => key.startsWith(one, 80)) ?? checks[0] ?? '';
  return body + check;
}
