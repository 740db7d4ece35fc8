/**
 * receive: bytes come in. They are staged while they stream, described from their own content,
 * held against what was declared, made durable, and only then recorded as held.
 */
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { Difference } from '../core/manifest.ts';
import type { ReleaseId, Sha256 } from '../core/names.ts';
import { ATTESTATIONS_MAX } from '../core/source-claim.ts';
import type { ArtifactDescription, Ecosystem } from '../ecosystem/ecosystem.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { missingFiles } from './declared.ts';
import { type GatewayDeps, requireEcosystem } from './deps.ts';
import type { Caller, Receipt, Upload, UploadClaim } from './gateway.ts';
import { canonicalDocument, readGovernance, requireProject } from './governance.ts';
import type {
  ArtifactRow,
  AttestationText,
  BlobDigests,
  BlobWriter,
  PackageRef,
  ReleaseRow,
  StoreTransaction,
} from './ports.ts';
import { recordEvent, requireRelease } from './record.ts';
import { sealWhenComplete } from './seal.ts';

/** Ends in `accept` or `refuse`; see the port. */
export async function beginUpload(deps: GatewayDeps, caller: Caller): Promise<Upload> {
  if (caller.kind !== 'upload') {
    throw new CountersignError(
      caller.kind === 'anonymous' ? 'unauthenticated' : 'forbidden',
      'uploads take the upload credential of an open release',
      { hint: 'countersign release open prints one' },
    );
  }
  const writer = await deps.blobs.begin(deps.settings.uploadMaxBytes);
  return {
    write: (chunk) => writer.write(chunk),
    accept: (claim) => acceptUpload(deps, caller, writer, claim),
    refuse: (file, reason) => refuseUpload(deps, caller.release, writer, file, reason),
  };
}

async function acceptUpload(
  deps: GatewayDeps,
  { release, packages }: Caller & { readonly kind: 'upload' },
  writer: BlobWriter,
  claim: UploadClaim,
): Promise<Receipt> {
  const ecosystem = requireEcosystem(deps, claim.ecosystem);
  const digests = await writer.finish();
  requireClaimedDigests(claim, digests);
  const description = await ecosystem.describe(claim.file, writer.staged());
  const attestations = await takeAttestations(deps, release, claim, digests, description);
  const row = await composeRow(deps, release, ecosystem, claim, digests, description, attestations);
  if (packages !== undefined) requirePackage(packages, ecosystem, row);
  // A refusal must come before the bytes become durable; the transaction asks again.
  await deps.store.read(async (tx) => {
    const current = await requireRelease(tx, release);
    if ((await findHeld(tx, row)) === undefined)
      requireDeclared(current, ecosystem, row, await tx.artifacts(release));
    requireRoom(deps, row, await tx.artifacts(release));
  });
  await writer.commit();
  return deps.store.transact(async (tx) => {
    for (const one of attestations) await tx.putDocument(one.digest, 'attestation', one.text);
    return recordArtifact(tx, deps, ecosystem, row);
  });
}

/** Step 1: the bytes are the ones that the client announced. */
function requireClaimedDigests(claim: UploadClaim, digests: BlobDigests): void {
  const pairs = [
    ['sha256', claim.sha256, digests.sha256],
    ['sha512', claim.sha512, digests.sha512],
    ['sha1', claim.sha1, digests.sha1],
  ] as const;
  for (const [name, claimed, found] of pairs) {
    if (claimed === null || claimed.toLowerCase() === found) continue;
    throw new CountersignError(
      'metadata-disagrees',
      `${claim.file}: expected ${name} ${claimed.slice(0, 128)} as the upload says, found ${found}`,
      { hint: 'the upload was damaged on its way, or the client lies; send it again' },
    );
  }
}

interface StoredAttestation extends AttestationText {
  readonly digest: Sha256;
}

/**
 * What came with the bytes to say where they are from. It must hold for them: an attestation that
 * does not is refused with its upload, never dropped. Throws `provenance-invalid`.
 */
async function takeAttestations(
  deps: GatewayDeps,
  id: ReleaseId,
  claim: UploadClaim,
  digests: BlobDigests,
  description: ArtifactDescription,
): Promise<readonly StoredAttestation[]> {
  const given = claim.attestations ?? [];
  if (given.length === 0) return [];
  if (given.length > ATTESTATIONS_MAX) {
    throw new CountersignError(
      'limit-exceeded',
      `${claim.file}: expected at most ${ATTESTATIONS_MAX} attestations, found ${given.length}`,
    );
  }
  const { release, policy } = await deps.store.read(async (tx) => ({
    release: await requireRelease(tx, id),
    policy: (await readGovernance(tx)).policy,
  }));
  const trustedRoot = requireProject(policy, release.project).provenance?.trustedRoot ?? null;
  const artifact = { ...digests, ...description, file: claim.file };
  return Promise.all(
    given.map(async (one) => {
      await deps.sources.verify(one, artifact, trustedRoot);
      return { ...one, digest: await sha256Hex(deps.crypto, encodeUtf8(one.text)) };
    }),
  );
}

/** Step 2: everything that is kept of it, derived from the bytes. */
async function composeRow(
  deps: GatewayDeps,
  release: ReleaseId,
  ecosystem: Ecosystem,
  claim: UploadClaim,
  digests: BlobDigests,
  description: ArtifactDescription,
  attestations: readonly StoredAttestation[],
): Promise<ArtifactRow> {
  const differences: readonly Difference[] = ecosystem.compareRequest(claim.request, description);
  return {
    release,
    file: ecosystem.fileNameOf(description, claim.file),
    ecosystem: ecosystem.name,
    package: description.package,
    version: description.version,
    kind: description.kind,
    sizeBytes: digests.sizeBytes,
    sha256: digests.sha256,
    sha512: digests.sha512,
    sha1: digests.sha1,
    receivedAt: deps.clock.now(),
    description: (await canonicalDocument(deps.crypto, description)).text,
    requestDifferences: (await canonicalDocument(deps.crypto, differences)).text,
    requestedTag: claim.distTag,
    attestations: (
      await canonicalDocument(
        deps.crypto,
        attestations.map(({ form, digest }) => ({ form, digest })),
      )
    ).text,
  };
}

/** Step 3: the credential is good for this package, by what the bytes say of themselves. */
function requirePackage(
  packages: readonly PackageRef[],
  ecosystem: Ecosystem,
  row: ArtifactRow,
): void {
  const name = ecosystem.normalizeName(row.package);
  const isGood = packages.some(
    (one) => one.ecosystem === row.ecosystem && ecosystem.normalizeName(one.package) === name,
  );
  if (isGood) return;
  throw new CountersignError(
    'forbidden',
    `this credential is for ${packages.map((one) => one.package).join(', ')}, found ${row.file} of ${row.package}`,
    { hint: 'the client asks for a credential of its own for each package' },
  );
}

/** One release does not fill the disk. */
function requireRoom(deps: GatewayDeps, row: ArtifactRow, held: readonly ArtifactRow[]): void {
  const sizeBytes = held.reduce((sum, one) => sum + one.sizeBytes, row.sizeBytes);
  const { releaseMaxBytes } = deps.settings;
  if (sizeBytes <= releaseMaxBytes) return;
  throw new CountersignError(
    'limit-exceeded',
    `${row.file}: the release may hold ${releaseMaxBytes} bytes, with this file it would hold ${sizeBytes}`,
    { hint: 'gateway.limits.release-max in countersign.yaml is the bound' },
  );
}

/** Step 4: the release is receiving, and declared exactly this. */
function requireDeclared(
  release: ReleaseRow,
  ecosystem: Ecosystem,
  row: ArtifactRow,
  held: readonly ArtifactRow[],
): void {
  if (release.state !== 'receiving') {
    throw new CountersignError(
      'state-conflict',
      `release ${release.shortId} is ${release.state}: nothing can be added`,
      { hint: 'open a new release for other files' },
    );
  }
  const wanted = release.declared.filter(
    (one) =>
      one.ecosystem === row.ecosystem &&
      ecosystem.normalizeName(one.package) === ecosystem.normalizeName(row.package),
  );
  const kind = wanted.find((one) => one.kind === row.kind);
  if (kind === undefined) {
    throw new CountersignError(
      'not-declared',
      `release ${release.shortId} expects ${release.declared.map((one) => `${one.count} ${one.kind} of ${one.package}`).join(', ')}, found ${row.kind} ${row.file}`,
      { hint: 'packages and files stand in countersign.yaml, which takes a quorum to change' },
    );
  }
  const version = ecosystem.versionOf(release.version);
  if (ecosystem.compareVersions(row.version, version) !== 0) {
    throw new CountersignError(
      'not-declared',
      `release ${release.shortId} is for tag ${release.tag}: expected version ${version} of ${row.package}, found ${row.version}`,
      { hint: 'build from the tagged commit, with the version of the tag' },
    );
  }
  const present = held.filter((one) => one.kind === row.kind && one.package === kind.package);
  if (present.length >= kind.count) {
    throw new CountersignError(
      'not-declared',
      `release ${release.shortId} expects ${kind.count} ${kind.kind} of ${kind.package} and holds ${present.map((one) => one.file).join(', ')}, found ${row.file} beside it`,
    );
  }
}

/** The same file, held with the same bytes. Throws `artifact-differs` for other bytes. */
async function findHeld(
  tx: Pick<StoreTransaction, 'artifacts'>,
  row: ArtifactRow,
): Promise<ArtifactRow | undefined> {
  const held = (await tx.artifacts(row.release)).find((one) => one.file === row.file);
  if (held !== undefined && held.sha256 === row.sha256 && held.attestations !== row.attestations) {
    throw new CountersignError(
      'artifact-differs',
      `${row.file} is held with other attestations than this upload brings`,
      { hint: 'cancel the release and open it again to replace them' },
    );
  }
  if (held === undefined || held.sha256 === row.sha256) return held;
  throw new CountersignError(
    'artifact-differs',
    `different file staged: ${row.file} is held with sha256 ${held.sha256}, this upload has ${row.sha256}`,
    { hint: 'cancel the release and open it again to replace bytes' },
  );
}

/** Step 5: recorded in one transaction; the last file seals the release in the same one. */
async function recordArtifact(
  tx: StoreTransaction,
  deps: GatewayDeps,
  ecosystem: Ecosystem,
  row: ArtifactRow,
): Promise<Receipt> {
  const release = await requireRelease(tx, row.release);
  const again = (await findHeld(tx, row)) !== undefined;
  let complete = release.state !== 'receiving';
  if (!again) {
    requireDeclared(release, ecosystem, row, await tx.artifacts(release.id));
    requireRoom(deps, row, await tx.artifacts(release.id));
    const declared = release.declared.find(
      (one) =>
        one.ecosystem === row.ecosystem &&
        ecosystem.normalizeName(one.package) === ecosystem.normalizeName(row.package),
    );
    // Held under the configured spelling of the name, which the rest of the release uses.
    const artifact = { ...row, package: declared?.package ?? row.package };
    await requireNotUnderWay(tx, artifact);
    await tx.putArtifact(artifact);
    await recordEvent(tx, deps, release, {
      kind: 'artifact-received',
      release: release.id,
      event: 'receive',
      actor: `upload:${release.shortId}`,
      ids: { file: row.file },
      digests: { artifact: row.sha256 },
    });
    complete = await sealWhenComplete(tx, deps, release, `upload:${release.shortId}`);
  }
  const missing = missingFiles(release.declared, await tx.artifacts(release.id));
  return { release: release.shortId, file: row.file, sha256: row.sha256, again, complete, missing };
}

/** One live release for each package version: two tags must not race for one name. */
export async function requireNotUnderWay(tx: StoreTransaction, row: ArtifactRow): Promise<void> {
  const [other] = await tx.liveArtifacts(row.ecosystem, row.package, row.version, row.release);
  if (other === undefined) return;
  const release = await requireRelease(tx, other.release);
  throw new CountersignError(
    'release-exists',
    `${row.package} ${row.version} is under way already: release ${release.shortId} of tag ${release.tag} is ${release.state}`,
    { hint: `go on with it, or end it with "countersign release cancel ${release.shortId}"` },
  );
}

/** A refused upload leaves nothing but a line in the ledger. */
async function refuseUpload(
  deps: GatewayDeps,
  id: ReleaseId,
  writer: BlobWriter,
  file: string | null,
  reason: unknown,
): Promise<void> {
  const code = isCountersignError(reason) ? reason.code : 'internal';
  const message = reason instanceof Error ? reason.message : String(reason);
  try {
    await writer.discard();
    await deps.store.transact(async (tx) => {
      const release = await requireRelease(tx, id);
      await recordEvent(tx, deps, release, {
        kind: 'upload-refused',
        release: id,
        event: 'refuse-upload',
        actor: `upload:${release.shortId}`,
        ids: { code },
        reason: `${file === null ? '' : `${file.slice(0, 120)}: `}${message.slice(0, 400)}`,
      });
    });
  } catch (error) {
    deps.log.error('upload-refusal-not-recorded', { release: id, code, error: String(error) });
  }
  deps.log.warn('upload-refused', { release: id, code });
}
