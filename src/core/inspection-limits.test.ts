import { describe, expect, test } from 'vitest';
import { encodeCanonical } from '../formats/canonical.ts';
import {
  DEFAULT_INSPECTION_LIMITS,
  INSPECTION_LIMIT_NAMES,
  type InspectionLimitsConfig,
  readInspectionLimits,
} from './inspection-limits.ts';
import { policyDocument } from './policy.ts';
import { compilePolicyDocument } from './policy-compile.ts';

/** Of a policy that says `inspection`. */
function compile(inspection: InspectionLimitsConfig, base: InspectionLimitsConfig = {}) {
  const policies = { base: { inspection: base }, one: { extends: 'base', inspection } };
  const config = { upstreams: {}, projects: {}, policies };
  return compilePolicyDocument(config, { version: 1, previous: null });
}

describe('the inspection block of a signed policy', () => {
  test('is not written where it says what absence means', () => {
    const silent = compile({});
    expect(silent.policies['one']).not.toHaveProperty('inspection');
    expect(encodeCanonical(compile({ entries: 100_000, within: '300s' }))).toEqual(
      encodeCanonical(silent),
    );
  });

  test('is written whole where it says anything else, and read back to the same bytes', () => {
    const document = compile({ depth: 2, 'unpacked-max': '1GiB' }, { depth: 5, within: '30s' });
    expect(document.policies['one']?.inspection).toEqual({
      ...DEFAULT_INSPECTION_LIMITS,
      depth: 2,
      unpackedBytes: 1024 ** 3,
      seconds: 30,
    });
    const read = policyDocument(JSON.parse(JSON.stringify(document)), '$');
    expect(encodeCanonical(read)).toEqual(encodeCanonical(document));
  });

  // the defaults of documents that were signed without the block
  test('means for ever what it meant first where it is absent', () => {
    expect(DEFAULT_INSPECTION_LIMITS).toEqual({
      entries: 100_000,
      depth: 8,
      unpackedBytes: 8_589_934_592,
      entryBytes: 4_294_967_296,
      ratio: 200,
      pathBytes: 1024,
      seconds: 300,
    });
  });

  test.each([
    ['a limit that is missing', { entries: 1 }],
    ['a limit that nobody knows', { ...DEFAULT_INSPECTION_LIMITS, files: 1 }],
    ['no limits at all', null],
    ['a limit above its bound', { ...DEFAULT_INSPECTION_LIMITS, depth: 17 }],
    ['a limit below its bound', { ...DEFAULT_INSPECTION_LIMITS, seconds: 0 }],
    ['half of an entry', { ...DEFAULT_INSPECTION_LIMITS, entries: 1.5 }],
  ])('is refused with %s', (_, inspection) => {
    const document = compile({});
    const policies = { one: { ...document.policies['one'], inspection } };
    expect(() => policyDocument({ ...document, policies }, '$')).toThrow(/inspection/);
  });
});

test.each<[InspectionLimitsConfig, string]>([
  [{ entries: 0 }, 'a whole number from 1 to 1000000, found 0'],
  [{ entries: 1_000_001 }, 'a whole number from 1 to 1000000, found 1000001'],
  [{ depth: 17 }, 'a whole number from 0 to 16, found 17'],
  [{ 'unpacked-max': '65GiB' }, 'a size from 1KiB to 64GiB, found 65GiB'],
  [{ 'entry-max': '17GiB' }, 'a size from 1KiB to 16GiB, found 17GiB'],
  [{ ratio: 0.5 }, 'a whole number from 1 to 10000, found 0.5'],
  [{ 'path-bytes': 15 }, 'a whole number from 16 to 65536, found 15'],
  [{ within: '61m' }, 'a duration from 1s to 1h, found 61m'],
])('%j is refused: expected %s', (config, message) => {
  const name = Object.keys(config)[0];
  expect(() => compile(config)).toThrow(`policies.one.inspection.${name}: expected ${message}`);
});

test('every limit can be written, and a text of digits is a count too', () => {
  const texts = { entries: '7', depth: '0', 'unpacked-max': '2MiB', 'entry-max': '1MiB' };
  const more = { ratio: '9', 'path-bytes': '99', within: '3m' };
  const all: Record<string, string> = { ...texts, ...more };
  expect(Object.keys(all).sort()).toEqual(Object.keys(INSPECTION_LIMIT_NAMES).sort());
  const refuse = (name: string): never => {
    throw new Error(`refused ${name}`);
  };
  expect(readInspectionLimits(all as InspectionLimitsConfig, refuse)).toEqual({
    entries: 7,
    depth: 0,
    unpackedBytes: 2 * 1024 ** 2,
    entryBytes: 1024 ** 2,
    ratio: 9,
    pathBytes: 99,
    seconds: 180,
  });
  expect(() => readInspectionLimits({ entries: 1e21 }, refuse)).toThrow('refused entries');
});
