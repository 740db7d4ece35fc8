import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dictionary,
  integer,
  list,
  literal,
  nullable,
  object,
  objectWith,
  type Reader,
  sha256,
  text,
  time,
} from './shape.ts';

const document = object({
  name: text,
  count: integer(2, 100),
  kind: literal('a', 'b'),
  parts: list(object({ at: time }), 3),
  free: dictionary(integer(0)),
  digest: nullable(sha256),
});
const good = {
  name: 'x',
  count: 2,
  kind: 'a',
  parts: [{ at: '2026-01-31T12:00:00.000Z' }],
  free: { one: 1 },
  digest: null,
};

describe('promise 7: strict reading of what strangers send', () => {
  test('a document of the shape comes back as it was', () => {
    expect(document(good, 'doc')).toEqual(good);
  });

  test.each<[unknown, string]>([
    [{ ...good, count: 1 }, 'doc.count: expected an integer from 2 to 100, found "1"'],
    [{ ...good, count: '2' }, 'doc.count: expected an integer from 2 to 100, found "2"'],
    [{ ...good, extra: 1 }, 'doc.extra: expected no such key, found "1"'],
    [{ ...good, name: undefined }, 'doc.name: expected a string, found nothing'],
    [{ ...good, kind: 'c' }, 'doc.kind: expected "a" or "b", found "c"'],
    [{ ...good, parts: {} }, 'doc.parts: expected a list, found an object'],
    [{ ...good, parts: [1, 2, 3, 4] }, 'doc.parts: expected at most 3 elements'],
    [{ ...good, parts: [{ at: '2026-02-30T12:00:00.000Z' }] }, 'doc.parts[0].at: expected a time'],
    [{ ...good, parts: [{ at: '2026-01-31T12:00:00Z' }] }, 'doc.parts[0].at: expected a time'],
    [{ ...good, free: { one: -1 } }, 'doc.free.one: expected an integer from 0'],
    [{ ...good, digest: 'A'.repeat(64) }, 'doc.digest: expected 64 lower-case hexadecimal digits'],
    [[good], 'doc: expected an object, found a list of 1'],
    [JSON.parse('{"__proto__":{"name":"x"}}'), 'doc.__proto__: expected no such key'],
  ])('%j is refused', (value, message) => {
    expect(() => document(value, 'doc')).toThrow(message);
  });

  test('a key that came later may be absent, and is not read where it is', () => {
    const read = objectWith({ name: text }, { since: integer(1) });
    expect(Object.keys(read({ name: 'x' }, 'doc'))).toEqual(['name']);
    expect(read({ name: 'x', since: 1 }, 'doc')).toEqual({ name: 'x', since: 1 });
    expect(() => read({ name: 'x', since: undefined }, 'doc')).toThrow('doc.since: expected');
    expect(() => read({ name: 'x', until: 1 }, 'doc')).toThrow('doc.until: expected no such key');
  });

  test('a time has one spelling, and every time that a clock prints is one', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0) }), (date) => {
        const spelt = date.toISOString();
        if (spelt.length === 24) expect(time(spelt, 't')).toBe(spelt);
      }),
    );
  });

  test('a time that no calendar has is a refusal, not a crash', () => {
    for (const bad of ['2026-13-01T00:00:00.000Z', '2026-01-01T25:00:00.000Z']) {
      expect(() => time(bad, 't')).toThrow(expect.objectContaining({ code: 'malformed-document' }));
    }
  });

  test('whatever JSON comes, the answer is a value of the shape or a refusal with a path', () => {
    const readers: Reader<unknown>[] = [document, text, time, list(text), dictionary(text)];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...readers), (value, reader) => {
        try {
          expect(reader(value, 'doc')).toEqual(value);
        } catch (error) {
          expect(error).toMatchObject({ code: 'malformed-document' });
        }
      }),
    );
  });
});
