/**
 * A pattern in steps: one regular expression after the other, each from where the last one ended and
 * none twice. What hundreds of rules share is then compiled once, which costs more than matching.
 */
import type { SecretPattern } from '../rule.ts';

/** `first`, `shared` and `last`, each sticky; the first two are the group `prefix`. */
export function createStepPattern(first: RegExp, shared: RegExp, last: RegExp): SecretPattern {
  return {
    source: `(?<prefix>${first.source}${shared.source})${last.source}`,
    flags: 'y',
    lastIndex: 0,
    isNear: false,
    exec(text) {
      const start = this.lastIndex;
      // nearly all fail before the last step: until then nothing is allocated
      const middle = endOf(first, text, start);
      const value = middle === -1 ? -1 : endOf(shared, text, middle);
      this.isNear = value !== -1;
      if (value === -1) return null;
      const found = execAt(last, text, value);
      if (found === null) return null;
      const groups = {
        ...execAt(first, text, start)?.groups,
        ...execAt(shared, text, middle)?.groups,
        ...found.groups,
        prefix: text.slice(start, value),
      };
      return { 0: text.slice(start, value + found[0].length), groups };
    },
  };
}

/** Where a match that begins at `at` ends; -1 where there is none. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
