import { normalizeProjectName } from '../../formats/python-filename.ts';
import { quoteForeign } from '../../formats/text.ts';
import { isCut, type PackedTree } from '../artifact/packed-tree.ts';
import { MORE_FACTS } from '../diff/facts.ts';
import { parsePackageJson } from '../diff/package-json.ts';
import type { ArtifactProblem, ArtifactRule } from '../rule.ts';
import { npmFirst, sdistFiles } from '../samples/sample-artifact.ts';

/** Folders whose manifests are about other packages, or about examples of use. */
const OF_OTHERS =
  /(?:^|\/)(?:node_modules|examples?|demos?|tests?|__tests__|fixtures?|templates?|vendor|benchmarks?|docs|website)\//i;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'one-manifest',
  version: 2,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'One manifest says what the package is: no second one of another spelling, name or version lies beside it',
  attack:
    'Tools and people read different manifests: package.json and Package.json are one file on some machines, an old PKG-INFO or lock file shows another version; and a version that was built from another state goes out, as with opentype.js 1.3.5 (A07)',
  mend: 'Remove the second manifest from the package, and build from a clean checkout',
  *check({ tree }) {
    const more = tree.facts.get(MORE_FACTS);
    if (more !== undefined) {
      const message = `the metadata says more than is compared: ${more.split(',', 1)[0]} things are left out`;
      yield { message, subject: MORE_FACTS };
    }
    const name = { npm: 'package.json', sdist: 'PKG-INFO', wheel: null, other: null }[tree.layout];
    if (name === null) return;
    for (const { place, path } of tree.files) {
      if (place !== name && place.toLowerCase() === name.toLowerCase()) {
        const message = `${quoteForeign(place)} is ${name} in another spelling: on some machines it takes its place`;
        yield { path, message, effect: 'reject' };
      }
    }
    const own = tree.byPlace.get(name);
    if (own !== undefined && isCut(own, tree)) {
      const message = `${name} has ${own.sizeBytes} bytes, of which the end is not read`;
      yield { path: own.path, message };
    }
    const doubled = tree.files.filter((one) => one.place === name).length;
    if (doubled > 1) yield { message: `${name} is packed ${doubled} times`, effect: 'reject' };
    if (tree.layout === 'npm') yield* checkNpm(tree);
    else yield* checkSdist(tree);
  },
  examples: {
    bad: [
      {
        about: 'a manifest of another spelling',
        make: () => npmFirst({}, { 'Package.json': '{"name":"other"}' }),
      },
      {
        about: 'a manifest of another version beside the built files',
        make: () =>
          npmFirst({}, { 'dist/package.json': '{"name":"@aitbc/explorer-web","version":"2.0.0"}' }),
      },
      {
        about: 'a manifest of more commands than anybody compares',
        make: () =>
          npmFirst(
            { bin: Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`c${at}`, 'a'])) },
            { a: '' },
          ),
      },
      {
        about: 'a lock file of another version',
        make: () =>
          npmFirst(
            {},
            { 'npm-shrinkwrap.json': '{"name":"@aitbc/explorer-web","version":"1.0.0"}' },
          ),
      },
      {
        about: 'metadata of another version in an egg-info folder',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({
            'aitbc_agent_sdk.egg-info/PKG-INFO':
              'Metadata-Version: 2.1\nName: aitbc-agent-sdk\nVersion: 9.9.9\n',
          }),
        }),
      },
    ],
    fine: [
      {
        about: 'a manifest that only sets the module type',
        make: () => npmFirst({}, { 'dist/esm/package.json': '{"type":"module"}' }),
      },
      {
        about: 'a manifest of an example',
        make: () => npmFirst({}, { 'examples/a/package.json': '{"name":"x","version":"0.0.0"}' }),
      },
      {
        about: 'the same metadata in an egg-info folder',
        make: () => ({
          kind: 'sdist',
          entries: sdistFiles({
            'aitbc_agent_sdk.egg-info/PKG-INFO':
              'Metadata-Version: 2.1\nName: aitbc_agent.sdk\nVersion: 1.2.3\n',
          }),
        }),
      },
    ],
  },
};

function* checkNpm(tree: PackedTree): Iterable<ArtifactProblem> {
  const own = parsePackageJson(tree.texts.get('package.json'));
  if (own === null) return;
  for (const [place, content] of tree.texts) {
    const isLock = place === 'npm-shrinkwrap.json';
    if (place === 'package.json' || !/(?:package|npm-shrinkwrap)\.json$/.test(place)) continue;
    if (!isLock && OF_OTHERS.test(place)) continue;
    const other = parsePackageJson(content);
    // another name is another package that is built in; the same name is this one
    if (other === null || other['name'] !== own['name']) continue;
    if (typeof other['version'] !== 'string' || other['version'] === own['version']) continue;
    const path = tree.byPlace.get(place)?.path;
    const message = `says that this package has version ${quoteForeign(other['version'])}, package.json says ${quoteForeign(String(own['version']))}`;
    yield { message, ...(path === undefined ? {} : { path }) };
  }
}

function* checkSdist(tree: PackedTree): Iterable<ArtifactProblem> {
  const own = identity(tree.texts.get('PKG-INFO'));
  for (const [place, content] of tree.texts) {
    if (!/\.egg-info\/PKG-INFO$/.test(place) || OF_OTHERS.test(place)) continue;
    const other = identity(content);
    if (other.name !== own.name || other.version === own.version) continue;
    const path = tree.byPlace.get(place)?.path;
    const message = `says that this package has version ${quoteForeign(other.version)}, PKG-INFO says ${quoteForeign(own.version)}`;
    yield { message, ...(path === undefined ? {} : { path }) };
  }
}

function identity(content: Uint8Array | undefined) {
  const text = Buffer.from(content ?? []).toString('utf8');
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(text)?.[1]?.trim();
  return {
    name: normalizeProjectName(field('Name') ?? ''),
    version: field('Version') ?? '',
  };
}
