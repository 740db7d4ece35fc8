/** How far the lines of a text are indented, and whether that came step by step. */
import { columnsOfBlanks, endOfBlanks } from './blank.ts';

/** Columns by which a line may go further in than the one before it. */
const STEP = 8;

/** Told of places in a text in ascending order. */
export interface Indentation {
  /** Whether all of the blanks before `at` on its line came step by step: then whoever reads the lines
   * before it has gone there already. Each of them shows a sign, so that the way is seen. */
  isStepped(at: number, width: number): boolean;
}

/** Of a text from its beginning on; what begins in the middle has no lines before it. */
export function createIndentation(bytes: Buffer): Indentation {
  let next = 0;
  let depth = 0;
  return {
    isStepped(at, width) {
      while (next < at) {
        const end = lineEnd(bytes, next);
        // the line of `at` itself is not among those before it
        if (end >= at) break;
        depth = afterLine(bytes, next, depth);
        next = end + 1;
      }
      return width <= depth + STEP;
    },
  };
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0x0a, from);
  return end === -1 ? bytes.length : end;
}

/** A line goes as deep as it is, but no deeper than a step; one that shows nothing goes nowhere. */
function afterLine(bytes: Buffer, from: number, depth: number): number {
  const end = endOfBlanks(bytes, from);
  const sign = bytes[end] ?? 0;
  if (sign <= 0x20 || sign >= 0x7f) return depth;
  return Math.min(columnsOfBlanks(bytes, from, end), depth + STEP);
}
