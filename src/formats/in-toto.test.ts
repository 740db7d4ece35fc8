import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCanonical } from './canonical.ts';
import {
  decodeStatement,
  encodeStatement,
  MAX_SUBJECTS,
  STATEMENT_TYPE,
  type Subject,
  statementOf,
} from './in-toto.ts';

const malformed = expect.objectContaining({ code: 'malformed-document' });
const PREDICATE_TYPE = 'urn:countersign:approval:v1';

const fine = {
  _type: STATEMENT_TYPE,
  subject: [{ name: 'explorer-web-1.2.3.tgz', digest: { sha256: 'ab'.repeat(32) } }],
  predicateType: PREDICATE_TYPE,
  predicate: { decision: 'approve' },
};

const hexOf = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((raw) => Buffer.from(raw).toString('hex'));
const subjects: fc.Arbitrary<Subject[]> = fc.uniqueArray(
  fc.record({
    name: fc.string({ minLength: 1, unit: 'grapheme' }),
    digest: fc.oneof(
      fc.record({ sha256: hexOf(32), sha512: hexOf(64) }),
      fc.record({ sha256: hexOf(32) }),
      fc.record({ sha512: hexOf(64) }),
    ),
  }),
  { minLength: 1, maxLength: 4, selector: (subject) => subject.name },
);

test('a statement survives a round trip', () => {
  fc.assert(
    fc.property(subjects, fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.nat()), (subject, p) => {
      const statement = statementOf({ subject, predicateType: PREDICATE_TYPE, predicate: p });
      expect(decodeStatement(encodeStatement(statement))).toEqual(statement);
      expect(statement).toEqual({ ...fine, subject, predicate: { ...p } });
    }),
  );
});

test('a statement of the expected purpose is read, another one is refused by name', () => {
  const bytes = encodeCanonical(fine);
  expect(decodeStatement(bytes, { predicateType: PREDICATE_TYPE }).predicate).toEqual({
    decision: 'approve',
  });
  expect(() => decodeStatement(bytes, { predicateType: 'urn:countersign:open:v1' })).toThrow(
    /is a "urn:countersign:approval:v1", expected "urn:countersign:open:v1"$/,
  );
});

describe('a statement is refused', () => {
  const subject = fine.subject[0];
  test.each([
    ['of another type', { ...fine, _type: 'https://in-toto.io/Statement/v0.1' }],
    ['without a subject', { ...fine, subject: [] }],
    ['with a subject that is no list', { ...fine, subject }],
    ['with a name twice', { ...fine, subject: [subject, subject] }],
    ['with an empty name', { ...fine, subject: [{ ...subject, name: '' }] }],
    ['with no digest', { ...fine, subject: [{ name: 'a', digest: {} }] }],
    [
      'with a digest of md5',
      { ...fine, subject: [{ name: 'a', digest: { md5: 'ab'.repeat(16) } }] },
    ],
    [
      'with a digest named like a method',
      { ...fine, subject: [{ name: 'a', digest: { toString: '' } }] },
    ],
    [
      'with an upper-case digest',
      { ...fine, subject: [{ name: 'a', digest: { sha256: 'AB'.repeat(32) } }] },
    ],
    [
      'with a short digest',
      { ...fine, subject: [{ name: 'a', digest: { sha256: 'ab'.repeat(31) } }] },
    ],
    ['with an unknown member in a subject', { ...fine, subject: [{ ...subject, uri: 'x' }] }],
    ['with an unknown member', { ...fine, extra: 1 }],
    ['without a predicate', { ...fine, predicate: null }],
    ['with a list as predicate', { ...fine, predicate: [] }],
    ['with a predicate type that is no URI', { ...fine, predicateType: 'approval' }],
    [
      'with too many subjects',
      {
        ...fine,
        subject: Array.from({ length: MAX_SUBJECTS + 1 }, (_, at) => ({
          ...subject,
          name: `${at}`,
        })),
      },
    ],
  ])('%s', (_name, value) => {
    expect(() => decodeStatement(encodeCanonical(value))).toThrow(malformed);
  });

  test('before it is signed, too', () => {
    expect(() =>
      statementOf({ subject: [], predicateType: PREDICATE_TYPE, predicate: {} }),
    ).toThrow(malformed);
  });
});
