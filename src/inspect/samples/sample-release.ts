/** The release that the examples of release rules are variations of: one npm and one PyPI package,
 * nothing wrong with it. */
import type { SemVer } from 'semver';
import parseVersion from 'semver/functions/parse.js';
import { CountersignError } from '../../core/errors.ts';
import type { InspectionInputs, PublicationTimes, UpstreamSummary } from '../../core/manifest.ts';
import { requireSha256, type Sha256 } from '../../core/names.ts';
import type { Policy } from '../../core/policy.ts';
import type { EcosystemRules } from '../../ecosystem/ecosystem.ts';
import type { ArtifactFacts, ReleaseContext } from '../rule.ts';

/** What an example changes; lists replace the sample's. `version` is that of all packages. */
export interface SampleChanges {
  readonly version?: string;
  readonly inputs?: Partial<InspectionInputs>;
  readonly policy?: Partial<Policy>;
  /** Fields of every upstream summary. */
  readonly upstream?: Partial<UpstreamSummary>;
  /** When versions of every package appeared: hours before the registries were asked. */
  readonly times?: Readonly<Record<string, number>>;
  readonly artifacts?: (sample: readonly ArtifactFacts[]) => readonly ArtifactFacts[];
}

/** When the sample's registries were asked. */
export const SAMPLE_ASKED_AT = '2026-03-01T12:00:00.000Z';

const NPM_NAME = '@aitbc/explorer-web';
const PYPI_NAME = 'aitbc-agent-sdk';

/** A fine release of version 1.2.3 under a strict policy, with these changes. */
export function sampleRelease(changes: SampleChanges = {}): ReleaseContext {
  const version = changes.version ?? '1.2.3';
  const artifacts = sampleArtifacts(version);
  return {
    inputs: {
      ...sampleInputs(version, changes.upstream),
      times: {
        askedAt: SAMPLE_ASKED_AT,
        histories: sampleHistories(changes.times ?? { '1.2.2': 100 }),
      },
      ...changes.inputs,
    },
    policy: { ...samplePolicy(), ...changes.policy },
    artifacts: changes.artifacts?.(artifacts) ?? artifacts,
    ecosystems: sampleEcosystem,
  };
}

function sampleHistories(times: Readonly<Record<string, number>>): PublicationTimes['histories'] {
  const newest = Object.entries(times)
    .map(([version, hours]) => {
      const at = new Date(Date.parse(SAMPLE_ASKED_AT) - hours * 3_600_000).toISOString();
      return { version, at };
    })
    .sort((one, other) => (one.at < other.at ? 1 : -1));
  const first = newest.at(-1)?.at ?? null;
  const told = { answer: 'told', reason: null, first, newest } as const;
  return [
    { ecosystem: 'npm', package: NPM_NAME, ...told },
    { ecosystem: 'pypi', package: PYPI_NAME, ...told },
  ];
}

function digestOf(digit: string): Sha256 {
  return requireSha256(digit.repeat(64));
}

function sampleInputs(
  version: string,
  upstream: Partial<UpstreamSummary> | undefined,
): InspectionInputs {
  const summary = {
    version,
    exists: 'yes',
    versionTaken: 'no',
    latest: '1.2.2',
    highestInLine: '1.2.2',
    highest: '1.2.2',
    ...upstream,
  } as const;
  return {
    project: 'aitbc',
    repository: null,
    tag: `v${version}`,
    version,
    commit: null,
    opened: 'by-tag',
    distTag: null,
    policy: { name: 'strict', document: digestOf('d') },
    source: { grade: 'oidc' },
    declared: [
      { ecosystem: 'npm', package: NPM_NAME, kind: 'tarball', count: 1 },
      { ecosystem: 'pypi', package: PYPI_NAME, kind: 'sdist', count: 1 },
      { ecosystem: 'pypi', package: PYPI_NAME, kind: 'wheel', count: 1 },
    ],
    upstream: [
      { ecosystem: 'npm', package: NPM_NAME, distTags: { latest: '1.2.2' }, ...summary },
      { ecosystem: 'pypi', package: PYPI_NAME, distTags: {}, ...summary },
    ],
    baselines: [],
    approved: [
      { ecosystem: 'npm', package: NPM_NAME, versions: ['1.2.2'] },
      { ecosystem: 'pypi', package: PYPI_NAME, versions: ['1.2.2'] },
    ],
    requestDifferences: [],
  };
}

function samplePolicy(): Policy {
  return {
    tag: 'v[0-9]+.[0-9]+.[0-9]+',
    versioning: 'semver',
    confirm: null,
    chosen: 'by-tag',
    approvals: {
      minimum: 2,
      groups: {},
      requester: 'excluded',
      terminal: 1,
      expiresSeconds: 3600,
    },
    source: 'oidc',
    block: { secrets: 'plausible' },
    distTags: null,
    publish: 'automatic',
    waivable: [],
    limits: null,
    reviewWithinSeconds: null,
  };
}

function sampleArtifacts(version: string): readonly ArtifactFacts[] {
  const stem = PYPI_NAME.replaceAll('-', '_');
  return [
    sampleArtifact('npm', NPM_NAME, version, 'tarball', `aitbc-explorer-web-${version}.tgz`, 'a'),
    sampleArtifact('pypi', PYPI_NAME, version, 'wheel', `${stem}-${version}-py3-none-any.whl`, 'b'),
    sampleArtifact('pypi', PYPI_NAME, version, 'sdist', `${stem}-${version}.tar.gz`, 'c'),
  ];
}

function sampleArtifact(
  ecosystem: string,
  name: string,
  version: string,
  kind: string,
  file: string,
  digit: string,
): ArtifactFacts {
  return {
    ecosystem,
    package: name,
    version,
    kind,
    file,
    sha256: digestOf(digit),
    sizeBytes: 1000,
    description: {
      package: name,
      version,
      kind,
      metadata: {},
      dependencies: [],
      wantsRegistry: null,
    },
  };
}

/** Any name is an ecosystem with npm's versions; `pypi` differs in having no dist-tags and in
 * refusing prereleases that are not alpha, beta or rc. */
function sampleEcosystem(name: string): EcosystemRules {
  const parse = (version: string): SemVer => {
    const parsed = parseVersion(version);
    if (parsed === null) {
      throw new CountersignError('malformed-version', `${JSON.stringify(version)} is no version`);
    }
    return parsed;
  };
  const unused = (): never => {
    throw new CountersignError('internal', 'the sample ecosystem reads no files');
  };
  return {
    name,
    defaultFiles: { tarball: 1 },
    hasDistTags: name === 'npm',
    normalizeName: (text) => text.toLowerCase(),
    normalizeVersion: (version) => parse(version).version,
    compareVersions: (left, right) => parse(left).compare(parse(right)),
    isPrerelease: (version) => parse(version).prerelease.length > 0,
    sameLine: (left, right) => parse(left).major === parse(right).major,
    versionOf: (version) => {
      const [label] = parse(version).prerelease;
      if (name === 'pypi' && label !== undefined && !['alpha', 'beta', 'rc'].includes(`${label}`)) {
        throw new CountersignError(
          'malformed-version',
          `a "${label}" version has no PyPI spelling`,
        );
      }
      return parse(version).version;
    },
    identifyFile: unused,
    fileNameOf: unused,
    describe: unused,
    compareRequest: unused,
  };
}
