import { expect, test } from 'vitest';
import { npmVersions } from './npm-names.ts';
import { unapprovedVersions } from './unapproved-versions.ts';

const of = (latest: string | null, highestInLine: string | null, ...approved: string[]) =>
  unapprovedVersions({ latest, highestInLine }, approved, npmVersions);

test('what is approved is not named', () => {
  expect(of('1.2.0', '1.2.0', '1.2.0')).toEqual([]);
  expect(of(null, null, '1.2.0')).toEqual([]);
});

test('latest and the highest of the line are named once each, latest first', () => {
  expect(of('1.3.0', '1.3.0', '1.2.0')).toEqual(['1.3.0']);
  expect(of('2.0.1', '1.2.1', '2.0.0', '1.2.0')).toEqual(['2.0.1', '1.2.1']);
  expect(of('2.0.0', '1.2.1', '2.0.0', '1.2.0')).toEqual(['1.2.1']);
});

test('what is older than everything approved was there before the gate', () => {
  expect(of('1.1.0', '1.1.0', '1.2.0')).toEqual([]);
});

test('where nothing was approved, all of it is named', () => {
  expect(of('1.1.0', '1.1.0')).toEqual(['1.1.0']);
});

test('what is no version at all is newer than everything', () => {
  expect(of('newest', '1.2.0', '1.2.0')).toEqual(['newest']);
});
