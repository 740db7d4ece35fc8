import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlaceFinder, textAt } from './text-window.ts';

describe('textAt', () => {
  it('copies text before and after an offset and stops at the ends', () => {
    const content = Buffer.from('hello world');
    expect(textAt(content, 6, 1, 100)).toBe('world');
    expect(textAt(content, 6, 1, -100)).toBe('hello ');
    expect(textAt(content, 6, 1, -3)).toBe('lo ');
    expect(textAt(content, 0, 1, -3)).toBe('');
  });

  it('narrows UTF-16 of either byte order', () => {
    const little = Buffer.from('hello world', 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const [content, offset] of [
      [little, 12],
      [big, 13],
    ] as const) {
      expect(textAt(content, offset, 2, 3)).toBe('wor');
      expect(textAt(content, offset, 2, 99)).toBe('world');
      expect(textAt(content, offset, 2, -3)).toBe('lo ');
      expect(textAt(content, offset, 2, -99)).toBe('hello ');
    }
  });
});

describe('createPlaceFinder', () => {
  it('agrees with counting from the start', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\u00e9', '\u{1f600}'), maxLength: 40 }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (text, wanted) => {
          const content = Buffer.from(text);
          const placeOf = createPlaceFinder(content);
          const starts = [...text].map((_, at) =>
            Buffer.byteLength([...text].slice(0, at).join('')),
          );
          const offsets = wanted.flatMap((one) => starts[one] ?? []).sort((a, b) => a - b);
          for (const offset of offsets) {
            const before = content.subarray(0, offset).toString().split('\n');
            expect(placeOf(offset, 1)).toEqual({
              line: before.length,
              column: [...(before.at(-1) ?? '')].length + 1,
            });
          }
        },
      ),
    );
  });
});
