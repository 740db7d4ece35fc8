import { describe, expect, test } from 'vitest';
import type { ArtifactView } from '../rule.ts';
import { rule as interpreterStartFile } from '../rules/interpreter-start-file.ts';
import { rule as oneManifest } from '../rules/one-manifest.ts';
import { rule as sdistBuildCode } from '../rules/sdist-build-code.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { fileExample } from './packed-file.ts';
import { createTreeCollector } from './packed-tree.ts';

/** The layout of a file of no release that holds these paths, in this order. */
function layoutOf(file: string, paths: readonly string[]): string {
  const collector = createTreeCollector({
    file,
    kind: 'file',
    digests: false,
    capabilities: false,
  });
  for (const path of paths) collector.add(fileExample(path, '{}'));
  return collector.tree().layout;
}

describe('the layout of a file of no release', () => {
  test.each([
    ['an npm package', 'a-1.0.0.tgz', ['package/package.json'], 'npm'],
    [
      'one behind a file of another folder',
      'a-1.0.0.tgz',
      ['x/a.js', 'package/package.json'],
      'npm',
    ],
    ['one behind a file of no folder', 'a-1.0.0.tgz', ['README', 'package/package.json'], 'npm'],
    ['one in the folder "."', 'a-1.0.0.tgz', ['lib/a.js', 'package.json'], 'npm'],
    ['a source distribution', 'a-1.0.tar.gz', ['a-1.0/PKG-INFO', 'a-1.0/setup.py'], 'sdist'],
    ['one that only pip knows for one', 'a-1.0.tar.gz', ['a-1.0/setup.py'], 'sdist'],
    ['the same as zip', 'a-1.0.zip', ['a-1.0/pyproject.toml'], 'sdist'],
    ['a wheel', 'a-1.0-py3-none-any.whl', ['a.py'], 'wheel'],
    ['folders of packages', 'all.tar.gz', ['x/a.js', 'b/package.json'], 'other'],
    ['anything', 'a-1.0.zip', ['a/b.txt'], 'other'],
  ])('of %s', (_, file, paths, layout) => {
    expect(layoutOf(file, paths)).toBe(layout);
  });
});

describe('a description of which only the beginning was held', () => {
  test.each([
    ['a-1.0.0.tgz', 'package/package.json', '{"name":"a"', oneManifest],
    ['a-1.0.tar.gz', 'a-1.0/setup.py', 'import re\n', sdistBuildCode],
    ['a-1.0-py3-none-any.whl', 'a.pth', '# nothing\n', interpreterStartFile],
  ])('of %s is held for its end', (file, path, text, rule) => {
    const check = (sizeBytes: number) => {
      const options = { file, kind: 'file', digests: false, capabilities: false };
      const collector = createTreeCollector(options);
      collector.add({ ...fileExample(path, text), sizeBytes });
      const artifact = { ...sampleRelease().artifacts[0], file } as ArtifactView['artifact'];
      const tree = collector.tree();
      return [
        ...rule.check({ artifact, tree, change: null, upstream: [], release: null, twins: [] }),
      ];
    };
    expect(check(text.length)).toEqual([]);
    expect(check(9_000_000).map(({ message }) => message)).toEqual([
      expect.stringMatching(/the end is not read/),
    ]);
  });
});
