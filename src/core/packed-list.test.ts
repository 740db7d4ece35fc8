import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPackedList } from './packed-list.ts';

test('a packed list gives back what was put in, in order, as often as it is asked', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ text: fc.string({ unit: 'binary' }), size: fc.nat() }), {
        maxLength: 700,
        size: 'max',
      }),
      (values) => {
        const list = createPackedList<(typeof values)[number]>();
        for (const [at, one] of values.entries()) {
          expect(list.length).toBe(at);
          list.push(one);
        }
        expect(list.length).toBe(values.length);
        expect([...list]).toEqual(values);
        expect([...list]).toEqual(values);
      },
    ),
    { numRuns: 20 },
  );
});
