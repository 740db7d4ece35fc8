/**
 * May this release go out? Answered with the code that an outsider would use, from signed objects
 * and the bytes themselves; nothing that the web process concluded is taken over.
 */
import { CountersignError } from '../core/errors.ts';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { PolicyDocument, Upstream } from '../core/policy.ts';
import { comparePolicyDocuments } from '../core/policy-compare.ts';
import type { ArtifactDescription, Ecosystem } from '../ecosystem/ecosystem.ts';
import { formatEvidence, parseEvidence } from '../evidence/bundle.ts';
import { readGenesis } from '../evidence/founding.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { type Verification, verifyEvidence } from '../evidence/verify.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { composeEvidence } from '../gateway/evidence.ts';
import type { ReleaseRow } from '../gateway/ports.ts';
import type { PublisherDeps } from './deps.ts';

/** An artifact that may go out, with what goes upstream beside its bytes. */
export interface AuthorizedArtifact {
  readonly artifact: ManifestArtifact;
  readonly description: ArtifactDescription;
}

export interface Authorization {
  readonly verification: Verification;
  readonly evidence: string;
  readonly artifacts: readonly AuthorizedArtifact[];
  readonly policy: PolicyDocument;
}

/** Four steps; throws the code of the first that fails, and then nothing was opened. */
export async function authorize(deps: PublisherDeps, release: ReleaseRow): Promise<Authorization> {
  await deps.signer.advance();
  const { verification, evidence, policy } = await verifySignatures(deps, release);
  await requireSignedConfiguration(deps, policy);
  const artifacts: AuthorizedArtifact[] = [];
  for (const artifact of verification.manifest.artifacts) {
    artifacts.push(await verifyBytes(deps, artifact));
  }
  return { verification, evidence, artifacts, policy };
}

/** Step 1 and 2: the evidence holds against our own trust file, and is about this release. */
async function verifySignatures(deps: PublisherDeps, release: ReleaseRow) {
  const evidence = await deps.store.read(async (tx) =>
    formatEvidence(await composeEvidence(deps.crypto, tx, release)),
  );
  const bundle = parseEvidence(evidence);
  const verification = await verifyEvidence(deps.crypto, bundle, {
    trust: deps.trust,
    now: deps.clock.now(),
  });
  if (verification.manifest.release !== release.id) {
    throw new CountersignError('evidence-invalid', 'the evidence is about another release');
  }
  const { document } = await readGenesis(deps.crypto, bundle.genesis.document);
  return { verification, evidence, policy: document.policy };
}

/** Step 3: the configuration file says what was signed; else it is an unsigned proposal. */
async function requireSignedConfiguration(
  deps: PublisherDeps,
  signed: PolicyDocument,
): Promise<void> {
  const differences = comparePolicyDocuments(signed, await deps.proposal());
  const [first] = differences;
  if (first === undefined) return;
  const more = differences.length > 1 ? ` and ${differences.length - 1} more places` : '';
  throw new CountersignError(
    'config-differs',
    `countersign.yaml differs from the signed version at ${first.path}${more}: signed ${JSON.stringify(first.signed) ?? 'nothing'}, found ${JSON.stringify(first.proposed) ?? 'nothing'}`,
    { hint: 'restore the file, or have the change signed by a quorum' },
  );
}

/** Step 4: the bytes on disk are the signed ones, and say what the manifest says. */
async function verifyBytes(
  deps: PublisherDeps,
  artifact: ManifestArtifact,
): Promise<AuthorizedArtifact> {
  const ecosystem = ecosystemOf(deps, artifact.ecosystem);
  // Reading hashes again: other bytes under this digest end in an error, not in an upload.
  const description = await ecosystem.describe(artifact.file, () =>
    deps.blobs.read(artifact.sha256),
  );
  const metadata = await sha256Hex(deps.crypto, encodeCanonical(description.metadata));
  if (metadata !== artifact.metadata) {
    throw new CountersignError(
      'recompute-differs',
      `${artifact.file}: its metadata has digest ${metadata}, the manifest says ${artifact.metadata}`,
    );
  }
  return { artifact, description };
}

export function ecosystemOf(deps: Pick<PublisherDeps, 'ecosystems'>, name: string): Ecosystem {
  const found = deps.ecosystems.get(name);
  if (found !== undefined) return found;
  throw new CountersignError('not-found', `the publisher knows no ecosystem ${name}`);
}

/** Which upstream a package goes to, by the signed rules. */
export function upstreamOf(
  policy: PolicyDocument,
  project: string,
  ecosystem: string,
  packageName: string,
): { readonly name: string; readonly upstream: Upstream } {
  const item = policy.projects[project]?.packages.find(
    (one) => one.ecosystem === ecosystem && one.name === packageName,
  );
  const upstream = item === undefined ? undefined : policy.upstreams[item.upstream];
  if (item !== undefined && upstream !== undefined) return { name: item.upstream, upstream };
  throw new CountersignError(
    'evidence-invalid',
    `the signed rules give ${packageName} no upstream`,
  );
}
