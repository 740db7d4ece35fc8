/** Strings that a program puts together, or turns round, when it runs: `["a", "b"].join("")`,
 * `"ba".split("").reverse()`, `"".join(["a", "b"])`, `"ba"[::-1]`. */
import type { Decoded } from './encoded-run.ts';
import { nameBefore } from './name-before.ts';

/** What such expressions are found by. */
export const JOINING_SIGNS: readonly string[] = ['].join(', '.join([', '.reverse()', '[::-1]'];

/** Bytes of such an expression. */
const REACH = 4096;
/** Fewest characters of a text that is a secret. */
const LEAST = 16;

const EMPTY = /^(?:""|''|``)$/;
/** One string of a list and what parts it from the next one. */
const ELEMENT = /\s*(?:"([^"\\\r\n]*)"|'([^'\\\r\n]*)'|`([^`\\\r\n]*)`)\s*(,|$)/y;

/** What an expression makes, null for none of some length; and how far its elements were read. */
export interface JoinedStrings {
  readonly decoded: Decoded | null;
  readonly until: number;
}

const NOTHING: JoinedStrings = { decoded: null, until: 0 };

/** What the expression at `offset` makes, where one of JOINING_SIGNS stands. No list begins before
 * `from`: a text of one list and a thousand signs is read once. */
export function decodeJoined(content: Buffer, offset: number, from: number): JoinedStrings {
  if (offset < from) return NOTHING;
  const text = content.toString('latin1', offset, offset + 9);
  if (text.startsWith('].join(')) {
    const isEmpty = EMPTY.test(text.slice(7, 9));
    const open = isEmpty ? lastOf(content, '[', offset) : -1;
    return open < from ? NOTHING : joined(content, open + 1, offset);
  }
  if (text.startsWith('.join([')) {
    const isEmpty = EMPTY.test(content.toString('latin1', offset - 2, offset));
    const close = isEmpty ? content.subarray(0, offset + REACH).indexOf(']', offset + 7) : -1;
    return close === -1 ? NOTHING : joined(content, offset + 7, close);
  }
  const split = text.startsWith('.') ? 10 : 0;
  if (split > 0 && !SPLIT.test(content.toString('latin1', offset - split, offset))) return NOTHING;
  return { decoded: reversed(content, offset - split), until: offset };
}

const SPLIT = /^\.split\((?:""|''|``)\)$/;

function lastOf(content: Buffer, sign: string, before: number): number {
  const start = Math.max(0, before - REACH);
  const at = content.subarray(start, before).lastIndexOf(sign);
  return at === -1 ? -1 : start + at;
}

/** The strings of a list whose elements stand from `start` to `end`. */
function joined(content: Buffer, start: number, end: number): JoinedStrings {
  const list = content.toString('latin1', start, end);
  let plain = '';
  ELEMENT.lastIndex = 0;
  for (let at = 0; at < list.length; at = ELEMENT.lastIndex) {
    const found = ELEMENT.exec(list);
    if (found === null) return { decoded: null, until: start + at };
    plain += found[1] ?? found[2] ?? found[3] ?? '';
    // a comma may stand behind the last one too
    if (/^\s*$/.test(list.slice(ELEMENT.lastIndex, ELEMENT.lastIndex + 80))) break;
  }
  return { decoded: written(content, plain, 'strings put together', start, end), until: end };
}

/** The string that ends at `end`, from its last character to its first. */
function reversed(content: Buffer, end: number): Decoded | null {
  const quote = content.toString('latin1', end - 1, end);
  if (!/^["'`]$/.test(quote)) return null;
  const open = lastOf(content, quote, end - 1);
  if (open === -1) return null;
  const plain = content.toString('latin1', open + 1, end - 1);
  if (/[\\\r\n]/.test(plain)) return null;
  return written(content, [...plain].reverse().join(''), 'a string turned round', open, end);
}

function written(
  content: Buffer,
  plain: string,
  how: string,
  start: number,
  end: number,
): Decoded | null {
  if (plain.length < LEAST || /\s/.test(plain)) return null;
  const name = nameBefore(content, start);
  const text = name === '' ? plain : `${name}"${plain}"`;
  return { how, content: Buffer.from(text, 'latin1'), start, end };
}
