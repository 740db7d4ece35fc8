import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OrderedArtifact, publishOrder } from './publish-order.ts';

const npm = (name: string, ...dependencies: string[]): OrderedArtifact => ({
  ecosystem: 'npm',
  package: name,
  kind: 'tarball',
  file: `${name}.tgz`,
  dependencies,
});
const python = (name: string, kind: string): OrderedArtifact => ({
  ecosystem: 'pypi',
  package: name,
  kind,
  file: `${name}.${kind}`,
  dependencies: [],
});
const filesIn = (artifacts: readonly OrderedArtifact[]): string[] =>
  publishOrder(artifacts).artifacts.map((one) => one.file);

test('needed npm packages go first, then PyPI with wheels before sdists', () => {
  const release = [
    python('b', 'sdist'),
    python('b', 'wheel'),
    python('a', 'sdist'),
    npm('app', 'lib', 'left-outside'),
    npm('lib', 'zlib'),
    npm('zlib'),
  ];
  expect(filesIn(release)).toEqual([
    ...['zlib.tgz', 'lib.tgz', 'app.tgz'],
    ...['a.sdist', 'b.wheel', 'b.sdist'],
  ]);
});

test('packages that need each other go by name, are reported, and what needs them waits', () => {
  const release = [npm('a', 'y'), npm('y', 'x'), npm('x', 'y', 'base'), npm('base')];
  expect(publishOrder(release)).toMatchObject({ cycles: [['npm:x', 'npm:y']] });
  expect(filesIn(release)).toEqual(['base.tgz', 'x.tgz', 'y.tgz', 'a.tgz']);
});

test('a package that names itself is no cycle, and nothing gives an empty order', () => {
  expect(publishOrder([npm('a', 'a')]).cycles).toEqual([]);
  expect(publishOrder([])).toEqual({ artifacts: [], cycles: [] });
});

const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const anyRelease = fc
  .uniqueArray(fc.tuple(names, fc.array(names, { maxLength: 3 })), { selector: ([name]) => name })
  .map((packages) => packages.map(([name, needs]) => npm(name, ...needs)));

test('whatever the input order, the order is the same and holds every artifact once', () => {
  fc.assert(
    fc.property(anyRelease, fc.infiniteStream(fc.nat()), (release, noise) => {
      const keyed = release.map((one) => [noise.next().value, one] as const);
      const shuffled = keyed.sort((left, right) => left[0] - right[0]).map(([, one]) => one);
      expect(publishOrder(shuffled)).toEqual(publishOrder(release));
      expect(filesIn(release).sort()).toEqual(release.map((one) => one.file).sort());
    }),
  );
});

test('a package comes after everything it needs, save inside a reported cycle', () => {
  fc.assert(
    fc.property(anyRelease, (release) => {
      const { artifacts, cycles } = publishOrder(release);
      const place = new Map(artifacts.map((one, at) => [one.package, at]));
      for (const one of release) {
        for (const needed of one.dependencies) {
          const at = place.get(needed);
          if (at === undefined || needed === one.package) continue;
          const together = cycles.some(
            (cycle) => cycle.includes(`npm:${one.package}`) && cycle.includes(`npm:${needed}`),
          );
          expect(together || at < (place.get(one.package) ?? -1)).toBe(true);
        }
      }
    }),
  );
});

test('a thousand packages that all need each other are ordered within a second', () => {
  const all = Array.from({ length: 1_000 }, (_, at) => `p${String(at).padStart(4, '0')}`);
  const started = performance.now();
  expect(publishOrder(all.map((name) => npm(name, ...all))).cycles).toEqual([
    all.map((name) => `npm:${name}`),
  ]);
  const chain = all.map((name, at) => npm(name, all[at + 1] ?? 'outside'));
  expect(publishOrder(chain).artifacts.map((one) => one.package)).toEqual(all.toReversed());
  expect(performance.now() - started).toBeLessThan(30_000);
});
