import { describe, expect, it } from 'vitest';
import { publishable } from '../../test/contract/ecosystem-world.ts';
import { sampleNpmTarball, tarGz } from '../../test/contract/sample-packages.ts';
import type { Layout } from '../inspect/artifact/packed-tree.ts';
import { factsOf } from '../inspect/diff/facts.ts';
import { changedRanges, joinRanges, newDependencies } from './new-dependencies.ts';
import { npmRules } from './npm.ts';
import { pypiRules } from './pypi.ts';

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

/** What a summary of a package with this description would say. */
function summaryOf(layout: Layout, file: string, text: string) {
  const found = factsOf(layout, new Map([[file, Buffer.from(text)]]));
  return [{ facts: [...found].map(([name, value]) => ({ name, value })) }];
}

describe('the ranges that an ecosystem describes', () => {
  it('are those that a summary of the same npm package has', async () => {
    const fields = {
      dependencies: { a: '^1.0.0', alias: 'npm:@s/real@2' },
      optionalDependencies: { a: '^1.0.0', c: '1' },
      peerDependencies: { a: '*', d: '>=1 <3' },
      bundleDependencies: ['a'],
    };
    const about = { name: 'n', version: '1.0.0', seed: 'one' };
    const built = await sampleNpmTarball(about, fields);
    const { description } = await publishable(npmRules as never, built);
    expect(description.ranges?.['@s/real']).toBe('npm:@s/real@2');
    const same = summaryOf('npm', 'package.json', JSON.stringify(fields));
    expect(changedRanges(description, same)).toEqual([]);
    const other = { ...fields, dependencies: { ...fields.dependencies, a: '^2.0.0' } };
    const changed = changedRanges(
      description,
      summaryOf('npm', 'package.json', JSON.stringify(other)),
    );
    expect(changed.map((one) => one.name)).toEqual(['a']);
  });

  it('are those that a summary of the same Python package has', async () => {
    const metadata = [
      'Metadata-Version: 2.2\nName: a\nVersion: 1.0',
      'Requires-Dist: Some.Project[fast] (>=1.0,<2) ; python_version < "3.9"',
      'Requires-Dist: some-project>=2; python_version >= "3.9"',
      'Requires-Dist: some_project>=3 ; extra == "new"',
      'Requires-Dist: bare\n\n',
    ].join('\n');
    const bytes = await tarGz({ 'a-1.0/PKG-INFO': metadata, 'a-1.0/pyproject.toml': '' });
    const { description } = await publishable(pypiRules as never, { file: 'a-1.0.tar.gz', bytes });
    expect(description.dependencies).toEqual(['bare', 'some-project']);
    expect(description.ranges?.['bare']).toBe('*');
    expect(changedRanges(description, summaryOf('sdist', 'PKG-INFO', metadata))).toEqual([]);
    const other = summaryOf('sdist', 'PKG-INFO', metadata.replace('>=2;', '>=2.1;'));
    expect(changedRanges(description, other).map((one) => one.name)).toEqual(['some-project']);
  });
});
