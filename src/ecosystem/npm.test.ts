import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publishable } from '../../test/contract/ecosystem-world.ts';
import { sampleNpmTarball } from '../../test/contract/sample-packages.ts';
import { npmRules } from './npm.ts';

test.each(['left-pad', '@scope/name', '@s/a.b_c-d', '0', 'a'.repeat(214)])(
  '%s is a name',
  (name) => {
    expect(npmRules.normalizeName(name)).toBe(name);
  },
);

test.each([
  ...['', 'Left-Pad', '@Scope/name', '.hidden', '_private', '-dash', '@scope', '@scope/', '@/x'],
  ...['a/b', '@a/b/c', 'a b', 'a%2fb', '../up', '@a/..', 'caf\u00e9', 'node_modules', 'a~b'],
  'a'.repeat(215),
])('%j is no name', (name) => {
  expect(() => npmRules.normalizeName(name)).toThrowError(
    expect.objectContaining({ code: 'malformed-name' }),
  );
});

test.each(['v1.2.3', '1.2', '01.2.3', ' 1.2.3', '1.2.3+build', '=1.2.3', '1.2.3-01', ''])(
  '%j is no version',
  (version) => {
    expect(() => npmRules.normalizeVersion(version)).toThrowError(
      expect.objectContaining({ code: 'malformed-version' }),
    );
  },
);

test('lines are majors, and minors before 1.0.0', () => {
  expect(npmRules.sameLine('1.2.3', '1.9.0')).toBe(true);
  expect(npmRules.sameLine('1.2.3', '2.2.3')).toBe(false);
  expect(npmRules.sameLine('0.2.3', '0.2.9')).toBe(true);
  expect(npmRules.sameLine('0.2.3', '0.3.0')).toBe(false);
});

test('a file name says name and version, and more than one reading is refused', () => {
  const read = (file: string) => npmRules.identifyFile(file);
  expect(read('name-1.2.3-rc.1.tgz')).toEqual({
    package: 'name',
    version: '1.2.3-rc.1',
    kind: 'tarball',
  });
  expect(read('@s/n-2-1.0.0.tgz')).toMatchObject({ package: '@s/n-2', version: '1.0.0' });
  for (const file of [
    'name.tgz',
    'name-1.2.tgz',
    'a-1.0.0-2.0.0.tgz',
    'x-1.0.0.zip',
    '-1.0.0.tgz',
  ]) {
    expect(() => read(file)).toThrowError(expect.objectContaining({ code: 'malformed-name' }));
  }
});

test('whatever npm pack names, the name is read back', () => {
  const name = fc.stringMatching(/^(@[a-z][a-z0-9]{0,5}\/)?[a-z][a-z0-9._-]{0,8}$/);
  const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(name, version, (one, of) => {
      const file = npmRules.fileNameOf({ package: one, version: of, kind: 'tarball' }, 'any.tgz');
      expect(npmRules.identifyFile(file)).toMatchObject({
        package: one.replace('@', '').replace('/', '-'),
        version: of,
      });
    }),
  );
});

test('dependencies are named as the registry knows them, aliases resolved', async () => {
  const built = await sampleNpmTarball(
    { name: '@s/n', version: '1.0.0', seed: 'one' },
    {
      dependencies: { b: '^1.0.0', alias: 'npm:@real/thing@^2.0.0' },
      optionalDependencies: { c: '1' },
      peerDependencies: { a: '*' },
      devDependencies: { never: '1' },
      publishConfig: { '@s:registry': 'http://127.0.0.1:1/' },
    },
  );
  const { description, artifact } = await publishable(npmRules as never, built);
  expect(description.dependencies).toEqual(['@real/thing', 'a', 'b', 'c']);
  expect(description.ranges).toMatchObject({ a: '*', c: '1' });
  expect(Object.keys(description.ranges ?? {}).sort()).toEqual(description.dependencies);
  expect(description.wantsRegistry).toBe('http://127.0.0.1:1/');
  expect(artifact.file).toBe('s-n-1.0.0.tgz');
});
