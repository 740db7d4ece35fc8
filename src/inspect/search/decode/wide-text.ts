/** Texts of two or four bytes a character. */

/** UTF-16 or UTF-32 as one byte a character; those above U+00FF become 0xFF. */
export interface NarrowedText {
  readonly how: 'UTF-16' | 'UTF-32';
  readonly width: 2 | 4;
  readonly content: Buffer;
}

/** Bytes that are looked at for NULs. */
const HEAD_BYTES = 1024;

/** The text of a file that is UTF-16 or UTF-32 throughout, by its byte order mark or by where its
 * first NULs are; null for every other. */
export function narrowText(content: Buffer): NarrowedText | null {
  if (content.length < 8) return null;
  if (!hasNul(content, Math.min(content.length, 64))) return null;
  const head = content.subarray(0, HEAD_BYTES);
  const zeros = [0, 1, 2, 3].map((lane) => zeroShare(head, lane));
  const [a = 0, b = 0, c = 0, d = 0] = zeros;
  const mark = head.toString('hex', 0, 4);
  if (mark === 'fffe0000' || (b > MOST && c > MOST && d > MOST && a < FEW)) {
    return narrow(content, 4, false);
  }
  if (mark === '0000feff' || (a > MOST && b > MOST && c > MOST && d < FEW)) {
    return narrow(content, 4, true);
  }
  if (mark.startsWith('fffe') || (b > MOST && d > MOST && a < FEW && c < FEW)) {
    return narrow(content, 2, false);
  }
  if (mark.startsWith('feff') || (a > MOST && c > MOST && b < FEW && d < FEW)) {
    return narrow(content, 2, true);
  }
  return null;
}

/** Nearly every file is asked this: so few bytes are looked at sooner than searched. */
function hasNul(content: Buffer, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (content[at] === 0) return true;
  return false;
}

const MOST = 0.7;
const FEW = 0.1;

function zeroShare(head: Buffer, lane: number): number {
  let zeros = 0;
  for (let at = lane; at < head.length; at += 4) if (head[at] === 0) zeros += 1;
  return zeros / Math.ceil((head.length - lane) / 4);
}

/** Characters narrowed at a time, so that memory stays that of the result. */
const STEP = 64 * 1024;

function narrow(content: Buffer, width: 2 | 4, isBigEndian: boolean): NarrowedText {
  const length = Math.floor(content.length / width);
  const narrowed = new Uint8ClampedArray(length);
  for (let at = 0; at < length; at += STEP) {
    const end = Math.min(length, at + STEP);
    // a copy: swapping is in place, and a file may begin at any address
    const part = Buffer.from(Uint8Array.from(content.subarray(at * width, end * width)).buffer);
    if (isBigEndian) width === 2 ? part.swap16() : part.swap32();
    const units = width === 2 ? Uint16Array : Uint32Array;
    narrowed.set(new units(part.buffer, part.byteOffset, end - at), at);
  }
  return {
    how: width === 2 ? 'UTF-16' : 'UTF-32',
    width,
    content: Buffer.from(narrowed.buffer),
  };
}
