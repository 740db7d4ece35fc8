import { CountersignError } from '../core/errors.ts';
import type { JsonObject, JsonValue } from '../formats/canonical.ts';
import { compareNpmManifest, deriveNpmManifest } from '../formats/npm-manifest.ts';
import { readNpmPackage } from '../formats/npm-package.ts';
import { readFromStart } from '../formats/random-access.ts';
import { readTarGz } from '../formats/tar-archive.ts';
import { quoteForeign } from '../formats/text.ts';
import type { ArtifactBytes, ArtifactDescription, EcosystemRules } from './ecosystem.ts';
import { joinRanges } from './new-dependencies.ts';
import { identifyNpmFile, normalizeNpmName, npmTarballName, npmVersions } from './npm-names.ts';

/** npm: one tarball a version, named by its package.json. */
export const npmRules: EcosystemRules = {
  name: 'npm',
  defaultFiles: { tarball: 1 },
  hasDistTags: true,
  ...npmVersions,
  normalizeName: normalizeNpmName,
  identifyFile: identifyNpmFile,
  fileNameOf: (identity) => npmTarballName(identity.package, identity.version),
  describe: describeNpmTarball,
  compareRequest: (request, description) =>
    compareNpmManifest(
      expectObject(request, 'the manifest of the request'),
      expectObject(description.metadata, 'the derived manifest'),
    ),
};

async function describeNpmTarball(
  file: string,
  bytes: ArtifactBytes,
): Promise<ArtifactDescription> {
  const npmPackage = await readNpmPackage(readTarGz(readFromStart(bytes)));
  const name = normalizeNpmName(npmPackage.packageJson.name);
  const version = npmVersions.normalizeVersion(npmPackage.packageJson.version);
  const packed = npmTarballName(name, version);
  // what `npm pack` prints, or what clients send, with the scope in it
  if (file !== packed && file !== `${name}-${version}.tgz`) {
    throw new CountersignError(
      'metadata-disagrees',
      `${quoteForeign(file, 300)}: expected ${packed}, since its package.json is that of ${name} ${version}`,
      { hint: 'upload the file as npm pack made it' },
    );
  }
  const metadata = deriveNpmManifest(npmPackage);
  return {
    package: name,
    version,
    kind: 'tarball',
    metadata,
    ...dependenciesOf(metadata),
    wantsRegistry: wantedRegistry(metadata),
  };
}

/** What installing this package brings in, under the names that the registry knows, sorted. */
function dependenciesOf(
  metadata: JsonObject,
): Required<Pick<ArtifactDescription, 'dependencies' | 'ranges'>> {
  const ranges = new Map<string, Set<string>>();
  for (const field of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
    for (const [name, range] of Object.entries(objectOr(metadata[field]))) {
      // an alias, `npm:real-name@range`, installs another package than its key says
      const alias = typeof range === 'string' ? /^npm:(@?[^@]+)/.exec(range)?.[1] : undefined;
      const known = ranges.get(alias ?? name) ?? new Set();
      ranges.set(alias ?? name, known.add(String(range)));
    }
  }
  return { dependencies: [...ranges.keys()].sort(), ranges: joinRanges(ranges) };
}

/** npm publishes to `publishConfig.registry`, or to the one of a scope, past any gateway. */
function wantedRegistry(metadata: JsonObject): string | null {
  const config = objectOr(metadata['publishConfig']);
  const key = ['registry', ...Object.keys(config)].find(
    (one) => (one === 'registry' || one.endsWith(':registry')) && typeof config[one] === 'string',
  );
  return key === undefined ? null : String(config[key]);
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function expectObject(value: JsonValue, what: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new CountersignError('malformed-upload', `${what} is not an object`);
}

function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
