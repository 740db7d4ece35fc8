import { malformedArchive } from './archive-entry.ts';

/** One 512-byte tar header, POSIX.1-1988 ustar or GNU; fields as they stand, nothing resolved. */
export interface TarHeader {
  readonly name: string;
  readonly mode: number;
  readonly sizeBytes: number;
  /** The type flag; a NUL of old archives is given as '0'. */
  readonly type: string;
  /** The type flag is that NUL. */
  readonly isOldType: boolean;
  readonly linkName: string;
}

/** Size of a tar header, and the unit that contents are padded to. */
export const TAR_BLOCK_BYTES = 512;

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const USTAR = Buffer.from('ustar\0' + '00');
const GNU = Buffer.from('ustar  \0');
const MAGIC_OFFSET = 257;

/**
 * Decodes a header block at `where`. Throws 'malformed-archive': wrong checksum, a format other
 * than ustar and GNU, a number that is none, a name that is not UTF-8.
 */
export function decodeTarHeader(block: Uint8Array, where: string): TarHeader {
  if (!hasTarChecksum(block)) {
    throw malformedArchive(where, 'the tar header has a wrong checksum; the file is damaged');
  }
  const isGnu = startsWith(block, MAGIC_OFFSET, GNU);
  if (!isGnu && !startsWith(block, MAGIC_OFFSET, USTAR)) {
    throw malformedArchive(where, 'the tar header is neither ustar nor GNU');
  }
  // Some readers join a prefix to the name whatever the magic says.
  if (isGnu && !isZero(block, 345, 500)) {
    throw malformedArchive(
      where,
      'the tar header is GNU and has something where ustar has a prefix',
    );
  }
  // Where this byte is zero, packers put times behind it.
  const prefixEnd = block[475] === 0 ? 475 : 500;
  const field = (start: number, end: number, what: string) =>
    block[start] === 0 && isZero(block, start, end)
      ? ''
      : decodeField(block.subarray(start, end), where, what);
  const prefix = field(345, prefixEnd, 'prefix');
  const name = field(0, 100, 'name');
  const flag = block[156] ?? 0;
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: decodeNumber(block, 100, 108, where, 'mode') & 0o7777,
    sizeBytes: decodeNumber(block, 124, 136, where, 'size'),
    type: flag === 0 ? '0' : String.fromCharCode(flag),
    isOldType: flag === 0,
    linkName: field(157, 257, 'link name'),
  };
}

/**
 * Whether `block` begins with one that has the checksum of a tar header: octal digits and what ends
 * them, which is how all readers find it. Some read on into the next field where nothing ends them.
 */
export function hasTarChecksum(block: Uint8Array): boolean {
  // of most blocks that are no header, this is all that is looked at
  const last = block[154] ?? 0xff;
  const end = block[155] ?? 0xff;
  if (!isPadding(last) && !isPadding(end)) return false;
  const from = endOf(SPACE, block, 148, 156);
  const to = endOf(OCTAL, block, from, 156);
  if (to === from || to === 156 || !isPadding(block[to] ?? 0xff)) return false;
  return octalOf(block, from, to) === sumOf(block);
}

/** Of seven digits the last is ended by the field's last byte. */
function isPadding(byte: number): boolean {
  return PADDING[byte] === 1;
}

/** As `decodeText`, of a name: readers disagree about what stands behind its NUL. */
export function decodeField(bytes: Uint8Array, where: string, what: string): string {
  const end = lengthOf(bytes);
  if (!isZero(bytes, end, bytes.length)) {
    throw malformedArchive(where, `the ${what} goes on behind its end`);
  }
  return decodeText(bytes, end, where, what);
}

/** Up to the first NUL; names are too short for a search to be faster. */
function lengthOf(bytes: Uint8Array): number {
  const { length } = bytes;
  let end = 0;
  while (end < length && bytes[end] !== 0) end += 1;
  return end;
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at] !== 0) return false;
  return true;
}

/** Throws 'malformed-archive' where it is not UTF-8. */
function decodeText(bytes: Uint8Array, length: number, where: string, what: string): string {
  // nearly all names are ASCII, which needs no decoder
  if (isAscii(bytes, length)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1');
  }
  try {
    return STRICT.decode(bytes.subarray(0, length));
  } catch {
    throw malformedArchive(where, `the ${what} is not valid UTF-8`);
  }
}

function isAscii(bytes: Uint8Array, length: number): boolean {
  for (let at = 0; at < length; at += 1) if ((bytes[at] ?? 0) > 0x7f) return false;
  return true;
}

/**
 * The records of a pax header body as they stand, repeated keys too. Throws 'malformed-archive' for a
 * record of another form or one with a NUL or a line break, where readers disagree about its end.
 */
export function decodePaxRecords(
  body: Uint8Array,
  where: string,
): readonly (readonly [key: string, value: string])[] {
  const records: [string, string][] = [];
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(0x20, at);
    const digits = Buffer.from(body.subarray(at, Math.max(at, space))).toString('latin1');
    const length = /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : 0;
    const record = body.subarray(space + 1, at + length - 1);
    const text = length > 0 && at + length <= body.length ? textOf(record) : undefined;
    const equals = text?.indexOf('=') ?? -1;
    if (text === undefined || equals < 1 || body[at + length - 1] !== 0x0a || /[\0\n]/.test(text)) {
      throw malformedArchive(where, `the pax record at byte ${at} of the header is not sound`);
    }
    records.push([text.slice(0, equals), text.slice(equals + 1)]);
    at += length;
  }
  return records;
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The checksum counts its own field as spaces. Two bytes of each word are added at once: 16 bits hold
 * the sum of 128 bytes. */
function sumOf(block: Uint8Array): number {
  const words = wordsOf(block);
  let [even, odd] = [0, 0];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    even += word & 0xff00ff;
    odd += (word >>> 8) & 0xff00ff;
  }
  let sum = (even & 0xffff) + (even >>> 16) + (odd & 0xffff) + (odd >>> 16) + 8 * 0x20;
  for (let at = 148; at < 156; at += 1) sum -= block[at] ?? 0;
  return sum;
}

function wordsOf({ buffer, byteOffset }: Uint8Array): Uint32Array {
  if (byteOffset % 4 === 0) return new Uint32Array(buffer, byteOffset, TAR_BLOCK_BYTES / 4);
  return new Uint32Array(buffer.slice(byteOffset, byteOffset + TAR_BLOCK_BYTES));
}

/** Octal text, or GNU base-256 with the high bit of the first byte set. */
function decodeNumber(
  block: Uint8Array,
  start: number,
  end: number,
  where: string,
  what: string,
): number {
  if (block[start] === 0x80) {
    const value = block.subarray(start + 1, end).reduce((sum, byte) => sum * 256 + byte, 0);
    if (Number.isSafeInteger(value)) return value;
  } else {
    const from = endOf(SPACE, block, start, end);
    const to = endOf(OCTAL, block, from, end);
    if (endOf(PADDING, block, to, end) === end) return octalOf(block, from, to);
  }
  throw malformedArchive(where, `the ${what} of the tar header is not a number`);
}

/** Which bytes are of a kind, as 1. Headers are read byte by byte: there are tens of thousands. */
const SPACE = tableOf(' ');
const OCTAL = tableOf('01234567');
const PADDING = tableOf(' \0');

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}

/** Where the bytes of a kind end that begin at `start`. */
function endOf(kind: Uint8Array, block: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && kind[block[at] ?? 0] === 1) at += 1;
  return at;
}

/** Zero where there are no digits. Twelve of them are more than 32 bits. */
function octalOf(block: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 8 + ((block[at] ?? 0) & 7);
  return value;
}

function startsWith(block: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (block[start + at] !== text[at]) return false;
  return true;
}
