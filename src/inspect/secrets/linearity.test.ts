import { describe, expect, it } from 'vitest';
import type { SecretPattern } from '../rule.ts';
import { RULES } from '../rule-set.ts';

const SECRET_RULES = RULES.filter((rule) => rule.kind === 'secret');

/** Tails that make a pattern with two ways to read a text try both. */
const TAILS = [
  '',
  'A',
  '0',
  'aA0_-',
  ' ',
  '\n',
  '"',
  '=',
  '==',
  '.',
  ':',
  '/',
  '%2',
  '\\',
  '<a>',
  '\0',
];

function timeOf(pattern: SecretPattern, text: string): number {
  const started = performance.now();
  pattern.lastIndex = 0;
  pattern.exec(text);
  return performance.now() - started;
}

describe('the pattern of a secret rule', () => {
  it.each(SECRET_RULES.map((rule) => [rule.id, rule] as const))(
    'of %s takes no time on what nearly fits',
    (_, { pattern, keywords, reach, examples }) => {
      const starts = [
        ...keywords.slice(0, 6),
        ...examples.bad.flatMap(({ make }) => {
          const text = make();
          const at = Math.min(
            ...keywords.map((keyword) => text.indexOf(keyword)).filter((place) => place >= 0),
          );
          const token = Number.isFinite(at) ? text.slice(at) : '';
          return [token, token.slice(0, -8), token.slice(0, token.length / 2)];
        }),
      ];
      let worst = 0;
      for (const start of starts) {
        for (const tail of TAILS) {
          // as the engine does: never more than the reach
          const text = (start + tail.repeat(reach)).slice(0, reach);
          worst = Math.max(worst, timeOf(pattern, text));
        }
      }
      // a pattern that backtracks takes seconds; the bound leaves room for a busy machine
      expect(worst).toBeLessThan(2000);
    },
  );
});
