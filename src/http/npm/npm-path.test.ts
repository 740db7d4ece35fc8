import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNpmPath } from './npm-path.ts';

test.each([
  ['one', { kind: 'package', name: 'one' }],
  ['@s%2fone', { kind: 'package', name: '@s/one' }],
  ['@s/one/-/one-1.0.0.tgz', { kind: 'tarball', name: '@s/one', file: 'one-1.0.0.tgz' }],
  ['@s/one/-/one-1.0.0.tgz/-rev/3-x', { kind: 'revision', name: '@s/one' }],
  ['-/package/@s%2Fone/dist-tags/latest', { kind: 'dist-tags', name: '@s/one' }],
  ['-/stage/package/one', { kind: 'stage-package', name: 'one' }],
  ['-/npm/v1/tokens', { kind: 'call', segments: ['npm', 'v1', 'tokens'] }],
])('%s is read', (path, target) => {
  expect(parseNpmPath(path)).toEqual(target);
});

test('no path, however escaped, gives a name or file that climbs or escapes further', () => {
  const piece = fc.constantFrom(
    '@',
    's',
    '/',
    '%2f',
    '%2F',
    '..',
    '.',
    '%2e',
    '%25',
    '-',
    '%00',
    '\\',
    'a.tgz',
    '%5c',
    '_',
    '-rev',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      (path) => {
        const target = parseNpmPath(path);
        if (target === undefined || target.kind === 'call' || !('name' in target)) return;
        const { name } = target;
        expect(name).toMatch(/^(?:@[A-Za-z0-9~_.-]+\/)?[A-Za-z0-9~_.-]+$/);
        expect(name.split('/')).not.toContain('..');
        if (target.kind === 'tarball') expect(target.file).toMatch(/^[A-Za-z0-9][^/\\%]*\.tgz$/);
      },
    ),
    { numRuns: 2000 },
  );
});
