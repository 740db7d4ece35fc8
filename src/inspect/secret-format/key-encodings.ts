/** Encodings of keys that end in a checksum. */
import { createHash } from 'node:crypto';

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `text`, in one case, with the six checksum characters of BIP-173 that belong to it; null when it
 * is not bech32. Equal to `text` when its checksum is right. */
export function signBech32(text: string): string | null {
  const lower = text.toLowerCase();
  const split = lower.lastIndexOf('1');
  const body = lower.slice(split + 1, -6);
  const values = [...body].map((one) => BECH32.indexOf(one));
  if (split < 1 || lower.length - split < 7 || values.includes(-1)) return null;
  const check = polymod([...expand(lower.slice(0, split)), ...values, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = [25, 20, 15, 10, 5, 0].map((shift) => BECH32[(check >>> shift) & 31] ?? '').join('');
  const signed = `${lower.slice(0, -6)}${tail}`;
  return text === lower ? signed : signed.toUpperCase();
}

function expand(prefix: string): readonly number[] {
  const codes = [...prefix].map((one) => one.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((one, at) => {
      if ((top >>> at) & 1) check ^= one;
    });
  }
  return check >>> 0;
}

/** `bytes` with the four bytes of a doubled SHA-256, in base58, as Bitcoin writes keys. */
export function encodeBase58Check(bytes: Buffer): string {
  const check = doubleSha256(bytes).subarray(0, 4);
  let value = BigInt(`0x00${Buffer.concat([bytes, check]).toString('hex')}`);
  let text = '';
  while (value > 0n) {
    text = `${BASE58[Number(value % 58n)] ?? ''}${text}`;
    value /= 58n;
  }
  return text;
}

/** Whether the last four of the bytes that `text` encodes, `sizeBytes` in all, are their checksum. */
export function isBase58Check(text: string, sizeBytes: number): boolean {
  let value = 0n;
  for (const one of text) {
    const digit = BASE58.indexOf(one);
    if (digit === -1) return false;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16).padStart(sizeBytes * 2, '0');
  if (hex.length !== sizeBytes * 2) return false;
  const bytes = Buffer.from(hex, 'hex');
  return doubleSha256(bytes.subarray(0, -4)).subarray(0, 4).equals(bytes.subarray(-4));
}

function doubleSha256(bytes: Uint8Array): Buffer {
  const once = createHash('sha256').update(bytes).digest();
  return createHash('sha256').update(once).digest();
}

/** An NKey seed with the CRC-16 (XMODEM, low byte first) that belongs to it; null when `text` is not
 * the base32 of 36 bytes. */
export function signNkey(text: string): string | null {
  const bytes = decodeBase32(text);
  if (bytes === null || bytes.length !== 36) return null;
  bytes.writeUInt16LE(crc16(bytes.subarray(0, 34)), 34);
  return encodeBase32(bytes);
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc;
}

/** The bytes that base32 (RFC 4648, section 6) stands for, without those of an unfinished one; null
 * for other characters. */
export function decodeBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const one of text) {
    const digit = BASE32.indexOf(one);
    if (digit === -1) return null;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 255);
    }
  }
  return Buffer.from(bytes);
}

/** `bytes` in base32 (RFC 4648, section 6), without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32[(value >> (bits - 5)) & 31] ?? '';
  }
  return bits === 0 ? text : text + (BASE32[(value << (5 - bits)) & 31] ?? '');
}
