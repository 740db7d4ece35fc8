/**
 * May this release go out? Answered with the code that an outsider would use, from signed objects
 * and the bytes themselves; nothing that the web process concluded is taken over.
 */
import { CountersignError } from '../core/errors.ts';
import { isActive } from '../core/governance-state.ts';
import type { ManifestArtifact } from '../core/manifest.ts';
import type { PolicyDocument, Upstream } from '../core/policy.ts';
import { comparePolicyDocuments } from '../core/policy-compare.ts';
import type { ArtifactDescription, Ecosystem } from '../ecosystem/ecosystem.ts';
import { type Evidence, formatEvidence, parseEvidence } from '../evidence/bundle.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { type Verification, verifyEvidence } from '../evidence/verify.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { composeEvidence } from '../gateway/evidence.ts';
import type { ReleaseRow } from '../gateway/ports.ts';
import { requireRelease } from '../gateway/record.ts';
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

/** Five steps; throws the code of the first that fails, and then nothing was opened. */
export async function authorize(deps: PublisherDeps, release: ReleaseRow): Promise<Authorization> {
  await deps.signer.advance();
  await requireSameState(deps, release);
  const { verification, evidence, policy } = await verifySignatures(deps, release);
  await requireSignedConfiguration(deps, (await deps.governance.current()).state.policy);
  const artifacts: AuthorizedArtifact[] = [];
  for (const artifact of verification.manifest.artifacts) {
    artifacts.push(await verifyBytes(deps, artifact));
  }
  return { verification, evidence, artifacts, policy };
}

/** Step 1: the release is where the ledger says it is; a row of the database alone moves nothing. */
async function requireSameState(deps: PublisherDeps, release: ReleaseRow): Promise<void> {
  const said = deps.signer.history.stateOf(release.id);
  if (said === release.state) return;
  const current = await deps.store.read((tx) => requireRelease(tx, release.id));
  if (current.revision !== release.revision) {
    throw new CountersignError('state-conflict', 'the release changed while it was being verified');
  }
  throw new CountersignError(
    'ledger-corrupt',
    `release ${release.shortId} is ${release.state} in the database, by the ledger it is ${said ?? 'unknown'}`,
    { hint: 'somebody changed the database: find out who, and restore it from a backup' },
  );
}

/** Step 2: the evidence holds against our own trust file, and is about this release. */
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
  await requireAskers(deps, release, bundle);
  await requireAllChanges(deps, verification);
  await requireStanding(deps, release, bundle);
  return { verification, evidence, policy: verification.rules };
}

/**
 * No change of roster or rules is left out: ours is read from the ledger itself. What was judged
 * when the credential was used stays judged, but that whoever counted must still be one of us.
 */
async function requireAllChanges(
  deps: PublisherDeps,
  { used, usedIndex, governance, quorum }: Verification,
): Promise<void> {
  const inForce = await deps.governance.current();
  const expected = usedIndex === null ? inForce.head : inForce.headAt(usedIndex);
  if (governance.head !== expected) {
    throw new CountersignError(
      'evidence-invalid',
      'the evidence leaves out a change of roster or rules that the ledger holds',
    );
  }
  if (used === null) return;
  const gone = quorum.counted.find((person) => !isActive(inForce.state, person));
  if (gone === undefined) return;
  throw new CountersignError(
    'quorum-unmet',
    `${gone}, whose approval counted, has left the roster or is suspended since`,
    { hint: 'what is upstream stays; release the rest as a new version' },
  );
}

/** Approvals that the ledger says were taken back do not count, whatever the store shows. */
async function requireStanding(
  deps: PublisherDeps,
  release: ReleaseRow,
  bundle: Evidence,
): Promise<void> {
  const withdrawn = deps.signer.history.withdrawn(release.id);
  for (const { envelope } of bundle.approvals) {
    if (!withdrawn.has(await sha256Hex(deps.crypto, envelope.payload))) continue;
    throw new CountersignError('evidence-invalid', 'an approval was taken back by who gave it');
  }
}

/** Step 3: every statement by which the ledger says it was asked for is there: no requester is
 * dropped and none put in their place after the fact. */
async function requireAskers(
  deps: PublisherDeps,
  release: ReleaseRow,
  bundle: Evidence,
): Promise<void> {
  const identities = (bundle.identities ?? []).map((one) => encodeUtf8(one));
  const shown = await Promise.all(
    [...bundle.statements.map((one) => one.envelope.payload), ...identities].map((one) =>
      sha256Hex(deps.crypto, one),
    ),
  );
  for (const digest of deps.signer.history.askedFor(release.id)) {
    if (shown.includes(digest)) continue;
    throw new CountersignError(
      'evidence-invalid',
      `the ledger says that release ${release.shortId} was asked for by ${digest}, which the store does not show`,
    );
  }
}

/** Step 4: the configuration file says what was signed; else it is an unsigned proposal. */
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
    {
      hint: 'put the file back as it was signed; other rules take a proposal: countersign policy propose',
    },
  );
}

/** Step 5: the bytes on disk are the signed ones, and say what the manifest says. */
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

function ecosystemOf(deps: Pick<PublisherDeps, 'ecosystems'>, name: string): Ecosystem {
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
