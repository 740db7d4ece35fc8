import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, keepMostSpecific } from './secret-precedence.ts';

function claim(start: number, end: number, change: Partial<Claim> = {}): Claim {
  return { text: 0, start, end, confidence: 'plausible', vagueness: 0, order: 0, ...change };
}

describe('keepMostSpecific', () => {
  it('prefers the surer, then the less vague, then the longer, then the earlier rule', () => {
    const long = claim(0, 100);
    const proven = claim(10, 20, { confidence: 'proven', order: 9 });
    const weak = claim(5, 90, { confidence: 'weak' });
    expect(keepMostSpecific([long, proven, weak])).toEqual([proven]);
    expect(keepMostSpecific([weak, long])).toEqual([long]);
    const vague = claim(0, 200, { vagueness: 2 });
    expect(keepMostSpecific([vague, long, claim(0, 150, { vagueness: 1 })])).toEqual([long]);
    expect(keepMostSpecific([claim(0, 9, { order: 1 }), claim(0, 9)])).toEqual([claim(0, 9)]);
  });

  it('keeps what touches, and what is of another text', () => {
    const all = [claim(0, 5), claim(5, 9), claim(3, 7, { text: 1 })];
    expect(keepMostSpecific(all)).toEqual(all);
  });

  it('leaves no overlap, drops nothing without a better one over it, whatever the order', () => {
    const claims = fc.array(
      fc.record({
        text: fc.nat(1),
        start: fc.nat(30),
        length: fc.integer({ min: 1, max: 9 }),
        confidence: fc.constantFrom('weak' as const, 'plausible' as const, 'proven' as const),
        vagueness: fc.constantFrom(0 as const, 1 as const, 2 as const),
        order: fc.nat(3),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(claims, (made) => {
        const all = made.map(({ length, ...one }) => ({ ...one, end: one.start + length }));
        const kept = keepMostSpecific(all);
        const over = (a: Claim, b: Claim) =>
          a !== b && a.text === b.text && a.start < b.end && b.start < a.end;
        expect(kept.some((a) => kept.some((b) => over(a, b)))).toBe(false);
        const dropped = all.filter((one) => !kept.includes(one));
        expect(dropped.every((one) => kept.some((other) => over(one, other)))).toBe(true);
        const key = (one: Claim) => JSON.stringify(one);
        const again = keepMostSpecific(all.toReversed());
        expect(again.map(key).sort()).toEqual(kept.map(key).sort());
      }),
    );
  });
});
