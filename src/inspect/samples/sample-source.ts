/** Source claims and commits that the examples of rules are variations of. */
import type { InspectionInputs } from '../../core/manifest.ts';
import type { Attestation, GitFacts, Provenance, SourceClaim } from '../../core/source-claim.ts';
import type { SourceTree } from '../../core/source-tree.ts';
import { encodeCanonical } from '../../formats/canonical.ts';
import { sha256Of } from '../artifact/digest.ts';

const COMMIT = 'c0ffee0000000000000000000000000000000000';
const AT_COMMIT = { object: COMMIT, commit: COMMIT };

/** What an example changes of the sample claim. `provenance`: fields of what both attestations say,
 * or nothing where the artifacts come without. */
export interface ClaimChanges {
  readonly git?: Partial<GitFacts> | null;
  readonly provenance?: Partial<Provenance> | null;
  readonly problem?: string;
  readonly required?: boolean;
  readonly opened?: SourceClaim['opened'];
}

/** Inputs of a release whose tag, commit and provenance fit. */
export function sampleClaim(changes: ClaimChanges = {}): InspectionInputs['source'] {
  const { git = {}, provenance = {}, problem = null, required = false } = changes;
  const says = problem === null && provenance !== null ? { ...PROVENANCE, ...provenance } : null;
  const attestations: Attestation[] =
    provenance === null
      ? []
      : [{ form: 'sigstore', digest: sha256Of('attestation'), says, problem }];
  return {
    grade: 'resolved',
    claim: {
      schema: 'countersign/source-claim/v1',
      project: 'aitbc',
      tag: 'v1.2.3',
      version: '1.2.3',
      opened: changes.opened ?? 'by-tag',
      commit: null,
      expected: {
        repository: 'github.com/example/aitbc',
        ci: [
          {
            kind: 'github',
            issuer: PROVENANCE.issuer,
            repository: '4711',
            owner: '815',
            workflow: '.github/workflows/release.yml',
            environment: null,
            audience: 'release.example.com',
          },
        ],
        source: {
          remote: 'https://git.example.com/example/aitbc.git',
          branches: ['main'],
          outputs: [],
        },
        provenance: {
          attestations: required ? 'required' : 'optional',
          forward: 'never',
          trustedRoot: null,
        },
      },
      git:
        git === null
          ? null
          : {
              opened: AT_COMMIT,
              tag: AT_COMMIT,
              commit: COMMIT,
              branches: ['main'],
              tree: null,
              ...git,
            },
      trustedRoot: attestations.length === 0 ? null : sha256Of('root'),
      artifacts: [
        {
          ecosystem: 'npm',
          package: '@aitbc/explorer-web',
          file: 'aitbc-explorer-web-1.2.3.tgz',
          sha256: sha256Of('artifact'),
          attestations,
        },
      ],
      identity: null,
    },
  };
}

const PROVENANCE: Provenance = {
  predicateType: 'https://slsa.dev/provenance/v1',
  issuer: 'https://token.actions.example.com',
  identity: 'https://github.com/example/aitbc/.github/workflows/release.yml@refs/tags/v1.2.3',
  repository: 'https://github.com/example/aitbc',
  repositoryId: '4711',
  ownerId: '815',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/tags/v1.2.3',
  commit: COMMIT,
  trigger: 'push',
  run: 'https://github.com/example/aitbc/actions/runs/99/attempts/1',
  loggedAt: '2026-01-31T12:00:00.000Z',
};

/** A commit of these files with the packages of the sample release at its top; without files there
 * is no claim. */
export function sampleCommit(
  files: Readonly<Record<string, string>> | undefined,
  outputs: readonly string[] = [],
): { readonly tree: SourceTree | null; readonly claim: InspectionInputs['source'] | null } {
  if (files === undefined) return { tree: null, claim: null };
  const tree: SourceTree = {
    schema: 'countersign/source-tree/v1',
    commit: COMMIT,
    packages: [
      {
        ecosystem: 'npm',
        package: '@aitbc/explorer-web',
        root: '',
        manifest: files['package.json'] ?? null,
      },
      { ecosystem: 'pypi', package: 'aitbc-agent-sdk', root: '', manifest: null },
    ],
    files: Object.entries(files)
      .map(([path, content]) => ({
        path,
        kind: 'file' as const,
        sizeBytes: Buffer.byteLength(content),
        sha256: sha256Of(content),
      }))
      .sort((left, right) => (left.path < right.path ? -1 : 1)),
  };
  const digest = sha256Of(Buffer.from(encodeCanonical(tree)));
  const source = sampleClaim({ git: { tree: digest } });
  const { claim } = source;
  const rules = claim?.expected.source;
  if (claim === undefined || rules == null) return { tree, claim: source };
  const expected = { ...claim.expected, source: { ...rules, outputs } };
  return { tree, claim: { ...source, claim: { ...claim, expected } } };
}
