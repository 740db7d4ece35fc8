/** Escapes in text: `%5F`, `\x5f`, `\u005f`, and what JSON and program strings have beside them. */
import type { Decoded } from './encoded-run.ts';
import { edgeOf, endsOf, REACH_BACK, REACH_ON } from './text-edge.ts';

/** Looks at escapes, in order, and tells the texts that they stand in. */
export interface EscapeDecoder {
  add(offset: number): void;
}

/** `take` gets the text around each escape of an ASCII character, every byte once. */
export function createEscapeDecoder(
  content: Buffer,
  take: (decoded: Decoded) => void,
): EscapeDecoder {
  let done = 0;
  return {
    add(offset) {
      if (offset < done) return;
      const isPercent = content[offset] === 0x25;
      if (!(isPercent ? isHexOfAscii(content, offset + 1) : isStringEscape(content, offset)))
        return;
      const ends = isPercent ? ENDS_OF_URL : ENDS_OF_STRING;
      const start = edgeOf(content, ends, offset, Math.max(done, offset - REACH_BACK));
      const end = edgeOf(content, ends, offset, Math.min(content.length, offset + REACH_ON));
      done = end;
      const text = content.toString('latin1', start, end);
      take({
        how: isPercent ? 'percent escapes' : 'string escapes',
        content: Buffer.from(isPercent ? decodePercent(text) : decodeEscapes(text), 'latin1'),
        start,
        end,
      });
    },
  };
}

/** `\x5f`, `\u005f` or `\u{5f}`, the last with up to four zeroes more. */
function isStringEscape(content: Buffer, offset: number): boolean {
  if (content[offset + 1] === 0x78) return isHexOfAscii(content, offset + 2);
  if (content[offset + 2] === ZERO && content[offset + 3] === ZERO) {
    return isHexOfAscii(content, offset + 4);
  }
  if (content[offset + 2] !== BRACE) return false;
  let at = offset + 3;
  while (content[at] === ZERO && at < offset + 7) at += 1;
  return isHexOfAscii(content, at);
}
const ZERO = 0x30;
const BRACE = 0x7b;

/** Two hexadecimal digits, the first from 2 to 7. */
function isHexOfAscii(content: Buffer, at: number): boolean {
  const first = content[at] ?? 0;
  if (first < 0x32 || first > 0x37) return false;
  const second = content[at + 1] ?? 0;
  const letter = second | 0x20;
  return (second >= 0x30 && second <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

/** By kind, space and quotes. */
const ENDS_OF_URL = endsOf(' "\'`<>');
const ENDS_OF_STRING = endsOf('"\'`');

function decodePercent(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => character(code));
}

/** What stands for itself or for a control character behind a backslash. */
const SIMPLE: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t' },
  ...Object.fromEntries([...'"\'`\\/'].map((one) => [one, one])),
};
const CODED =
  /(?:x([0-9A-Fa-f]{2})|u00([0-9A-Fa-f]{2})|u\{0{0,4}([0-9A-Fa-f]{1,2})\}|([01][0-7]{2}))/y;

/** `text` with the escapes of JSON and of strings of programs read, those above U+00FF left. */
export function decodeEscapes(text: string): string {
  let decoded = '';
  let from = 0;
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at)) {
    const found = escapeAt(text, at + 1);
    if (found === null) {
      at += 1;
      continue;
    }
    decoded += text.slice(from, at) + found.character;
    at = found.end;
    from = at;
  }
  return from === 0 ? text : decoded + text.slice(from);
}

/** What stands from `at` on behind a backslash; null for no escape that is read. */
function escapeAt(
  text: string,
  at: number,
): { readonly character: string; readonly end: number } | null {
  const simple = SIMPLE[text[at] ?? ''];
  if (simple !== undefined) return { character: simple, end: at + 1 };
  CODED.lastIndex = at;
  const found = CODED.exec(text);
  const octal = found?.[4];
  const code = found?.[1] ?? found?.[2] ?? found?.[3] ?? octal;
  if (code === undefined) return null;
  return { character: character(code, octal === undefined ? 16 : 8), end: CODED.lastIndex };
}

function character(code: string, base: 8 | 16 = 16): string {
  return String.fromCharCode(Number.parseInt(code, base));
}
