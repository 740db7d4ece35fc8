import { describe, expect, test } from 'vitest';
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
