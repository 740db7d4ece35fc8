/** Runs of base64 and hexadecimal digits, and the texts in them. */

import { byteTable } from '../byte-table.ts';
import { isZlibHead } from './compressed-text.ts';

/** Text that was found encoded in other text. */
export interface Decoded {
  /** As findings say it: `base64`. */
  readonly how: string;
  readonly content: Buffer;
  /** Where the encoded text begins and ends in the other. */
  readonly start: number;
  readonly end: number;
}

/** Base64 characters that are decoded to see whether there is text. */
const PROBE_LENGTH = 16;

/** From this length on a run is decoded whatever it begins with: text may come later. */
const LONG_RUN = 256;

/** Bytes between two lines of one base64 text: a line end and some indentation, or signs of strings. */
const LONGEST_GAP = 20;

/** Joins runs that are lines of one text, and tells what they hold. */
export interface RunDecoder {
  /** The next run, in order. */
  add(start: number, end: number): void;
  /** No run comes any more. */
  finish(): void;
}

/** `take` gets what is worth looking at; shorter runs that hold no text are left out. */
export function createRunDecoder(content: Buffer, take: (decoded: Decoded) => void): RunDecoder {
  let lines: { readonly start: number; readonly end: number }[] = [];

  function finish(): void {
    const first = lines[0];
    const last = lines.at(-1);
    if (first === undefined || last === undefined) return;
    const tail = lastLine(content, last.end);
    const all = tail === undefined || (last.end - last.start) % 4 !== 0 ? lines : [...lines, tail];
    lines = [];
    const text = all.map(({ start, end }) => content.toString('latin1', start, end)).join('');
    const decoded = decodeRun(text);
    if (decoded !== null)
      take({ ...decoded, start: first.start, end: all.at(-1)?.end ?? last.end });
  }

  return {
    add(first, end) {
      const start = behindEscape(content, first);
      if (lines.length > 0) {
        const last = lines.at(-1);
        const joins = last !== undefined && (last.end - last.start) % 4 === 0;
        if (joins && isLineBreak(content, last.end, start)) {
          lines.push({ start, end });
          return;
        }
        finish();
      }
      // most runs are names in code: those are left here, before anything is kept
      const from = startOfText(content, start, end);
      if (from !== -1) lines.push({ start: from, end });
    },
    finish,
  };
}

function isLineBreak(content: Buffer, start: number, end: number): boolean {
  if (end - start > LONGEST_GAP) return false;
  return LINE_BREAK.test(content.toString('latin1', start, end));
}

/** A line end as it is, behind the backslash of a line that goes on, or as strings in code write it;
 * then blanks, or a list of strings goes on with the next. */
const LINE_END = String.raw`(?:\\?\r?\n|(?:\\{1,4}r)?\\{1,4}n)(?:[ \t]{0,18}|["'][ \t]{0,4}[,+.]?\s{0,16}["'])`;
const LINE_BREAK = new RegExp(`^${LINE_END}$`);
const LAST_LINE = new RegExp(`^(${LINE_END})([A-Za-z0-9+/_-]{2,23})(?![A-Za-z0-9+/_-])`);

/** The letter of `\\n`, `\\r` or `\\t` in a string is of the alphabet too, and no part of what follows it. */
function behindEscape(content: Buffer, start: number): number {
  const letter = content[start] ?? 0;
  const isEscape = letter === 0x6e || letter === 0x72 || letter === 0x74;
  return isEscape && content[start - 1] === 0x5c ? start + 1 : start;
}

/** The end of a base64 text, too short to be told as a run. */
function lastLine(content: Buffer, end: number): { start: number; end: number } | undefined {
  const text = content.toString('latin1', end, end + LONGEST_GAP + 24);
  const found = LAST_LINE.exec(text);
  const [, gap = '', line = ''] = found ?? [];
  return found === null
    ? undefined
    : { start: end + gap.length, end: end + gap.length + line.length };
}

/** Bytes at the begin of a run in which a prefix may end: `v1/`, `key_`, `sha-`. */
const PREFIX_MAX = 32;

/** What is of the alphabet and parts words. */
const IS_SEPARATOR = new Uint8Array(256);
for (const byte of Buffer.from('/_-')) IS_SEPARATOR[byte] = 1;

/** What encoded text begins with: base64 of ASCII, digits of hexadecimal text, and `e`, `H` and `1` of
 * what is compressed. */
const BEGINS_TEXT = byteTable(/[A-Za-f0-7]/);

/** Where in a run encoded text begins; -1 where there is none. */
function startOfText(content: Buffer, start: number, end: number): number {
  if (BEGINS_TEXT[content[start] ?? 0] === 1) {
    if (isBase64Text(content, start) || isHexAt(content, start)) return start;
    if (isCompressedAt(content, start)) return start;
    const isZeroX = content[start] === 0x30 && content[start + 1] === 0x78;
    if (isZeroX && isHexAt(content, start + 2)) return start + 2;
  }
  const limit = Math.min(end - PROBE_LENGTH, start + PREFIX_MAX);
  for (let at = start; at < limit; at += 1) {
    if (IS_SEPARATOR[content[at] ?? 0] === 1 && isBase64Text(content, at + 1)) return at + 1;
  }
  return end - start >= LONG_RUN ? start : -1;
}

/** `H4`, `KL`, `1f`, `78` and `28`, and in base64 `e` and a letter from A to P: few runs begin so. */
function mayBeCompressed(first: number, second: number): boolean {
  if (first === 0x65) return second >= 0x41 && second <= 0x50;
  if (first === 0x31) return (second | 0x20) === 0x66;
  if (second === 0x38) return first === 0x37 || first === 0x32;
  return (first === 0x48 && second === 0x34) || (first === 0x4b && second === 0x4c);
}

/** Whether gzip, zlib or zstd data begins there, in base64 or in hexadecimal digits. */
function isCompressedAt(content: Buffer, start: number): boolean {
  if (!mayBeCompressed(content[start] ?? 0, content[start + 1] ?? 0)) return false;
  const head = content.toString('latin1', start, start + 8);
  if (/^(?:H4sI|KLUv\/|KLUv_)/.test(head) || HEX_COMPRESSED.test(head)) return true;
  const bytes = Buffer.from(head.slice(0, 4), 'base64');
  return bytes[0] === 0x78 && isZlibHead(0x78, bytes[1] ?? 0);
}

const HEX_COMPRESSED = /^(?:1f8b08|78(?:01|5e|9c|da)|28b52ffd)/i;

function isHexAt(content: Buffer, start: number): boolean {
  const first = content[start] ?? 0;
  // text in hexadecimal digits begins with one from 0 to 7
  if (first < 0x30 || first > 0x37) return false;
  return isHexText(content.toString('latin1', start, start + 2 * PROBE_LENGTH));
}

/** Six bits for each character of both alphabets. */
const SEXTETS = new Uint8Array(256);
for (const [at, one] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  SEXTETS[one.charCodeAt(0)] = at;
}
SEXTETS[0x2d] = 62;
SEXTETS[0x5f] = 63;

/** By byte: 1 for printable ASCII, 2 for white space and NUL, 0 for what no text holds. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => (isFiller(byte) ? 2 : isShown(byte)));

/** Whether the first base64 characters are text; nearly every run fails with its first four, so
 * nothing is allocated. */
function isBase64Text(content: Buffer, start: number): boolean {
  let printable = 0;
  for (let at = start; at < start + PROBE_LENGTH; at += 4) {
    const bits =
      (sextet(content[at]) << 18) |
      (sextet(content[at + 1]) << 12) |
      (sextet(content[at + 2]) << 6) |
      sextet(content[at + 3]);
    const first = KINDS[bits >> 16] ?? 0;
    const second = KINDS[(bits >> 8) & 0xff] ?? 0;
    const third = KINDS[bits & 0xff] ?? 0;
    if (first === 0 || second === 0 || third === 0) return false;
    printable += (first & 1) + (second & 1) + (third & 1);
  }
  return 2 * printable >= (PROBE_LENGTH / 4) * 3;
}

function sextet(character: number | undefined): number {
  return SEXTETS[character ?? 0] ?? 0;
}

function decodeRun(text: string): Pick<Decoded, 'how' | 'content'> | null {
  const isHex = isHexText(text.slice(0, 2 * PROBE_LENGTH)) || HEX_COMPRESSED.test(text);
  if (isHex && /^(?:[0-9A-Fa-f]{2})+$/.test(text)) {
    return { how: 'hexadecimal digits', content: Buffer.from(text, 'hex') };
  }
  return { how: 'base64', content: Buffer.from(text, 'base64') };
}

function isHexText(head: string): boolean {
  if (!/^[0-7][0-9A-Fa-f]/.test(head)) return false;
  const bytes = Buffer.from(head, 'hex');
  return bytes.length === head.length >> 1 && bytes.length >= 8 && isText(bytes);
}

/** Printable ASCII, white space, or every other byte a NUL, as UTF-16 has it. Twelve bytes by
 * chance are that once in a hundred thousand times. */
function isText(bytes: Uint8Array): boolean {
  const printable = bytes.filter((byte) => KINDS[byte] === 1);
  return 2 * printable.length >= bytes.length && bytes.every((byte) => KINDS[byte] !== 0);
}

/** White space or NUL. */
function isFiller(byte: number): boolean {
  return byte === 0 || (byte >= 9 && byte <= 13);
}

function isShown(byte: number): 0 | 1 {
  return byte >= 0x20 && byte < 0x7f ? 1 : 0;
}
