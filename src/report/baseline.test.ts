import { expect, test } from 'vitest';
import { sampleFinding } from '../../test/scan-fixture.ts';
import { composeBaseline, createSuppressor, isSuppressible, parseBaseline } from './baseline.ts';

const NOW = '2026-03-02T12:00:00.000Z';
const finding = sampleFinding();
const entry = {
  fingerprint: finding.fingerprint,
  rule: finding.rule,
  reason: 'a test key',
  who: 'alice',
  until: '2026-03-02',
};
const document = (...entries: readonly object[]) => ({
  schema: 'countersign/baseline/v1',
  entries,
});

test('an entry suppresses its finding on its last day, and says who answers for it', () => {
  const suppressor = createSuppressor(parseBaseline(document(entry)), NOW);
  const [found] = suppressor.apply([finding]);
  expect(found?.suppressed).toEqual({
    kind: 'baseline',
    reason: 'a test key',
    who: 'alice',
    until: '2026-03-02',
  });
  expect([suppressor.expired, suppressor.unused()]).toEqual([[], []]);
});

test('the day after, it does not count', () => {
  const baseline = parseBaseline(document(entry));
  const suppressor = createSuppressor(baseline, '2026-03-03T00:00:00.000Z');
  expect(suppressor.apply([finding])).toEqual([finding]);
  expect(suppressor.expired).toEqual([entry]);
});

test('an entry of another rule or another place suppresses nothing and is told', () => {
  const other = { ...entry, rule: 'pypi-token' };
  const elsewhere = { ...entry, fingerprint: 'npm-token:0000000000000000' };
  const suppressor = createSuppressor(parseBaseline(document(other, elsewhere)), NOW);
  expect(suppressor.apply([finding])).toEqual([finding]);
  expect(suppressor.unused()).toEqual([other, elsewhere]);
});

test('what only counts others is never suppressed nor written down', () => {
  const overflow = {
    ...finding,
    line: null,
    column: null,
    message: '7 more findings of this rule are not listed one by one',
  };
  expect(isSuppressible(overflow)).toBe(false);
  const suppressor = createSuppressor(parseBaseline(document(entry)), NOW);
  expect(suppressor.apply([overflow])).toEqual([overflow]);
  expect(composeBaseline([overflow], entry).entries).toEqual([]);
});

test.each([
  ['without a reason', { ...entry, reason: ' ' }, 'baseline.entries[0].reason'],
  ['without a person', { ...entry, who: '' }, 'baseline.entries[0].who'],
  ['without the key of a person', { ...entry, who: undefined }, 'baseline.entries[0].who'],
  ['with a day that never comes', { ...entry, until: '2026-02-30' }, 'baseline.entries[0].until'],
  ['with a day that sorts after all', { ...entry, until: 'never' }, 'baseline.entries[0].until'],
  ['with a longer reason than anyone reads', { ...entry, reason: 'x'.repeat(1001) }, 'reason'],
  ['with an unknown key', { ...entry, note: '' }, 'baseline.entries[0].note'],
])('an entry %s is refused', (_, wrong, path) => {
  expect(() => parseBaseline(document(wrong))).toThrow(path);
});

test('a finding that stands twice is refused', () => {
  expect(() => parseBaseline(document(entry, entry))).toThrow('each finding once');
});

test('what is composed can be read, and a finding that has an entry keeps it', () => {
  const second = { ...finding, fingerprint: 'a:1', rule: 'a' };
  const known = createSuppressor(parseBaseline(document(entry)), NOW).apply([finding, second]);
  const words = { reason: 'later', who: 'bob', until: '2026-12-31' };
  const composed = composeBaseline(known, words);
  expect(parseBaseline(composed)).toEqual(composed);
  expect(composed.entries).toEqual([{ fingerprint: 'a:1', rule: 'a', ...words }, entry]);
});
