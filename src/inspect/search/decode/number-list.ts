/** Text that a program spells by the numbers of its characters: `[103, 104]`, `fromCharCode(103, ...)`. */
import type { Decoded } from './encoded-run.ts';
import { nameBefore } from './name-before.ts';

/** Bytes behind a sign in which the first number begins. */
const REACH_ON = 48;
/** Characters of white space between two numbers: the indentation of a line of its own. */
const LONGEST_GAP = 40;
/** Fewest characters of a text that is a secret. */
const LEAST = 16;

const [ZERO, COMMA, SMALL_X] = [0x30, 0x2c, 0x78];

/** What a list of numbers spells whose sign begins at `offset`; null where none of some length is. */
export function decodeNumberList(content: Buffer, offset: number): Decoded | null {
  const start = firstDigit(content, offset);
  if (start === -1) return null;
  const codes: number[] = [];
  let at = start;
  let end = start;
  for (;;) {
    const isHex = content[at] === ZERO && ((content[at + 1] ?? 0) | 0x20) === SMALL_X;
    const from = isHex ? at + 2 : at;
    const stop = endOfNumber(content, from, isHex);
    const code = Number.parseInt(content.toString('latin1', from, stop), isHex ? 16 : 10);
    if (stop === from || !isTextCode(code)) break;
    codes.push(code);
    end = stop;
    at = nextNumber(content, stop);
    if (at === -1) break;
  }
  if (codes.length < LEAST) return null;
  // as if the list were a string, so that a name before it tells what it is
  const name = nameBefore(content, start);
  const text = name === '' ? '' : `${name}"`;
  const spelled = Buffer.from(codes).toString('latin1');
  return {
    how: 'a list of numbers',
    content: Buffer.from(`${text}${spelled}${text === '' ? '' : '"'}`, 'latin1'),
    start,
    end,
  };
}

function firstDigit(content: Buffer, offset: number): number {
  const limit = Math.min(content.length, offset + REACH_ON);
  for (let at = offset; at < limit; at += 1) {
    if (isDigit(content[at] ?? 0)) return at;
  }
  return -1;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Three digits at most, or two hexadecimal ones. */
function endOfNumber(content: Buffer, from: number, isHex: boolean): number {
  let at = from;
  const limit = from + (isHex ? 2 : 3);
  while (at < limit && (isDigit(content[at] ?? 0) || (isHex && isHexLetter(content[at] ?? 0)))) {
    at += 1;
  }
  return at;
}

function isHexLetter(byte: number): boolean {
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66;
}

/** Behind a comma and white space around it; -1 where a list ends. */
function nextNumber(content: Buffer, from: number): number {
  let commas = 0;
  for (let at = from; at < from + LONGEST_GAP; at += 1) {
    const byte = content[at] ?? 0;
    if (byte === COMMA) commas += 1;
    else if (isDigit(byte)) return commas === 1 ? at : -1;
    else if (byte !== 0x20 && (byte < 0x09 || byte > 0x0d)) return -1;
  }
  return -1;
}

/** Printable ASCII and what parts lines. */
function isTextCode(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x0d || code === 0x09;
}
