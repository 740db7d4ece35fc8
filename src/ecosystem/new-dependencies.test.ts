import { describe, expect, it } from 'vitest';
import { changedRanges, joinRanges, newDependencies } from './new-dependencies.ts';

const facts = (...all: (readonly [name: string, value: string])[]) => [
  { facts: all.map(([name, value]) => ({ name, value })) },
];

describe('dependencies beside those of the version before', () => {
  it('are new where no file had them, under the names that the registry knows', () => {
    const before = facts(['dependencies.a', '1'], ['dependencies.alias', 'npm:@s/real@2']);
    expect(newDependencies({ dependencies: ['@s/real', 'a', 'alias', 'b'] }, before)).toEqual([
      'alias',
      'b',
    ]);
    expect(newDependencies({ dependencies: ['b', 'a'] }, [])).toEqual(['a', 'b']);
  });

  it('are changed where the range is another', () => {
    const before = facts(['dependencies.a', '^1.0.0'], ['peerDependencies.a', '*'], ['main', 'a']);
    expect(changedRanges({ ranges: { a: '* || ^1.0.0', b: '1' } }, before)).toEqual([]);
    expect(changedRanges({ ranges: { a: '* || ^1.2.0', b: '1' } }, before)).toEqual([
      { name: 'a', before: '* || ^1.0.0', after: '* || ^1.2.0' },
    ]);
  });

  it('are not changed by being bundled, in a first release, or where nothing is known', () => {
    const before = facts(['dependencies.a', '1'], ['bundleDependencies.a', 'yes']);
    expect(changedRanges({ ranges: { a: '1' } }, before)).toEqual([]);
    expect(changedRanges({ ranges: { a: '2' } }, [])).toEqual([]);
    expect(changedRanges({}, before)).toEqual([]);
  });

  it('may have the names of what every object has', () => {
    const ranges = joinRanges(new Map([['__proto__', new Set(['1'])]]));
    expect(changedRanges({ ranges: { constructor: '1', ...ranges } }, facts())).toEqual([]);
    expect(changedRanges({ ranges }, facts(['dependencies.__proto__', '2']))).toHaveLength(1);
  });
});
