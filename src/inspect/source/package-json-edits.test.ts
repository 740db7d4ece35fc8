import { describe, expect, test } from 'vitest';
import { changedFields } from './package-json-edits.ts';

const changed = (before: unknown, after: unknown) =>
  changedFields(JSON.stringify(before), JSON.stringify(after));

describe('edits of package.json that nobody explains', () => {
  test.each<[string, object, object, readonly string[]]>([
    [
      'a script that came',
      { scripts: {} },
      { scripts: { preinstall: 'x' } },
      ['scripts.preinstall'],
    ],
    ['scripts that came', {}, { scripts: { postinstall: 'x' } }, ['scripts.postinstall']],
    [
      'a packing script that changed',
      { scripts: { prepack: 'a' } },
      { scripts: { prepack: 'b' } },
      ['scripts.prepack'],
    ],
    ['a test script that went', { scripts: { test: 'a' } }, { scripts: {} }, ['scripts.test']],
    ['a dependency', {}, { dependencies: { a: '1.0.0' } }, ['dependencies.a']],
    ['a range', { dependencies: { a: '^1' } }, { dependencies: { a: '^2' } }, ['dependencies.a']],
    ['an entry point', { main: 'a.js' }, { main: 'b.js' }, ['main']],
    ['a program', {}, { bin: { a: 'b.js' } }, ['bin']],
    [
      'another entry point than publishConfig says',
      { main: 'a.js', publishConfig: { main: 'b.js' } },
      { main: 'c.js' },
      ['main'],
    ],
    [
      'a registry of its own',
      { publishConfig: { access: 'public' } },
      { publishConfig: { access: 'public', registry: 'https://evil.example.com/' } },
      ['publishConfig.registry'],
    ],
    [
      'a range of the workspace that became an object',
      { dependencies: { a: 'workspace:*' } },
      { dependencies: { a: { evil: 1 } } },
      ['dependencies.a'],
    ],
  ])('%s', (_, before, after, fields) => {
    expect(changed(before, after)).toEqual(fields);
  });

  test('what is not JSON differs whole', () => {
    expect(changedFields('{', '{}')).toEqual(['(not JSON)']);
    expect(changedFields('{}', '[]')).toEqual(['(not JSON)']);
  });

  test('the order of keys, and what packing tools write, is no edit', () => {
    expect(changed({ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 }, gitHead: 'x' })).toEqual([]);
  });
});
