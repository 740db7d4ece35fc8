/**
 * The saga. Order matters on every line: what is verified before the ledger is told, what the
 * ledger is told before a credential is opened, what is intended before it is done.
 */
import { CountersignError, type ErrorCode, isCountersignError } from '../core/errors.ts';
import type { ReleaseId } from '../core/names.ts';
import type { ReleaseEvent } from '../core/release-state.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import { shortId } from '../formats/uuid.ts';
import { notify } from '../gateway/notices.ts';
import type { JobRow, ReleaseRow } from '../gateway/ports.ts';
import { enqueue, newId, requireRelease, transition } from '../gateway/record.ts';
import { type Authorization, authorize, upstreamOf } from './authorize.ts';
import { findCredential } from './credentials.ts';
import type { PublisherDeps } from './deps.ts';
import { performEffects, RegistryPending, requireTagUnmoved } from './effects.ts';
import { explain } from './explain.ts';
import { recordOwn } from './own-entries.ts';
import { planEffects } from './plan.ts';
import { requireSameSource } from './source.ts';

/** The job: carries a release as far as it goes from whatever state a crash left it in. */
export async function publishRelease(deps: PublisherDeps, job: JobRow): Promise<void> {
  if (job.release === null) return;
  const id = job.release;
  try {
    const release = await deps.store.read((tx) => requireRelease(tx, id));
    switch (release.state) {
      case 'approved':
        await beginPublishing(deps, release);
        return await carryOn(deps, id);
      case 'awaiting-registry':
        await move(deps, id, 'registry-ready');
        return await carryOn(deps, id);
      case 'partially-published':
        await move(deps, id, 'resume');
        return await carryOn(deps, id);
      case 'publishing':
        return await carryOn(deps, id);
      default:
        return;
    }
  } catch (error) {
    await explain(deps, id, 'the publisher refused', error);
    throw error;
  }
}

/** Before the first effect: verify, ask the registries, plan, and tell the ledger. */
async function beginPublishing(deps: PublisherDeps, release: ReleaseRow): Promise<void> {
  const authorization = await authorize(deps, release).catch((error: unknown) =>
    unlessUnmet(deps, release.id, error),
  );
  requireUnfinished(deps, authorization);
  requireUnused(deps, authorization);
  await requireClearWay(deps, authorization);
  await requireSameSource(deps, authorization);
  await requireCredentials(deps, authorization);
  const plan = planOf(authorization);
  const evidence = await sha256Hex(deps.crypto, encodeUtf8(authorization.evidence));
  await deps.store.transact(async (tx) => {
    const current = await requireRelease(tx, release.id);
    const { manifestDigest } = authorization.verification;
    if (current.state !== 'approved' || current.manifest !== manifestDigest) {
      throw new CountersignError(
        'state-conflict',
        'the release changed while it was being verified',
      );
    }
    await recordOwn(tx, deps, current, {
      kind: 'credential-used',
      release: current.id,
      event: 'use-credential',
      digests: {
        manifest: authorization.verification.manifestDigest,
        evidence,
        governance: authorization.verification.governance.head,
      },
    });
    await transition(tx, deps, current, { event: 'start-publishing', actor: 'publisher' });
    for (const target of plan) {
      await tx.putEffect({
        id: newId(deps),
        release: current.id,
        sequence: target.sequence,
        kind: target.kind,
        target: decodeUtf8(encodeCanonical(target)),
        state: 'planned',
        intendedAt: null,
        observedAt: null,
        outcome: null,
      });
    }
  });
  // If the process dies here, the ledger says "credential used" and no credential was opened:
  // the safe side. The job is leased again and goes on in `carryOn`.
}

/** Voices that counted may be gone by now: then the release waits for others. Always throws. */
async function unlessUnmet(deps: PublisherDeps, id: ReleaseId, error: unknown): Promise<never> {
  if (isCountersignError(error) && error.code === 'quorum-unmet') {
    await deps.store.transact(async (tx) => {
      const release = await requireRelease(tx, id);
      if (release.state !== 'approved') return;
      const reason = error.message.slice(0, 500);
      await transition(tx, deps, release, { event: 'void-approval', actor: 'publisher', reason });
    });
  }
  throw error;
}

/** After a crash and on the straight way alike: verify again, then do what is still to be done. */
async function carryOn(deps: PublisherDeps, id: ReleaseId): Promise<void> {
  const release = await deps.store.read((tx) => requireRelease(tx, id));
  const authorization = await authorize(deps, release);
  requireUnfinished(deps, authorization);
  if (authorization.verification.used === null) {
    throw new CountersignError(
      'ledger-corrupt',
      'the ledger does not say that the credential is used',
    );
  }
  try {
    await performEffects(deps, release, authorization, planOf(authorization));
  } catch (error) {
    return await stop(deps, id, error);
  }
  await deps.store.transact(async (tx) => {
    const current = await requireRelease(tx, id);
    await transition(tx, deps, current, { event: 'finish-publishing', actor: 'publisher' });
    await enqueue(tx, deps, { kind: 'confirm', release: id, key: `confirm:${id}` });
  });
}

/** A manifest authorises its action once, whatever the database says of the release's state. */
function requireUnfinished(deps: PublisherDeps, { verification }: Authorization): void {
  if (!deps.journal.isFinished(verification.manifestDigest)) return;
  throw new CountersignError(
    'evidence-invalid',
    'this manifest has been carried out and authorises nothing any more',
    { hint: 'somebody set an old release back in the database: find out who' },
  );
}

/** Used by the ledger's own word, whatever evidence the database composes: `carryOn` goes on. */
function requireUnused(deps: PublisherDeps, { verification }: Authorization): void {
  const { manifestDigest, used } = verification;
  if (used === null && !deps.signer.history.isUsed(manifestDigest)) return;
  throw new CountersignError(
    'evidence-invalid',
    'this manifest has been used already, and a manifest authorises its action once',
    { hint: 'somebody set a release back in the database: find out who' },
  );
}

/** Checks that time can change: other bytes must not be upstream under these names by now. */
async function requireClearWay(
  deps: PublisherDeps,
  { artifacts, policy, verification }: Authorization,
): Promise<void> {
  for (const { artifact } of artifacts) {
    const { upstream } = upstreamOf(
      policy,
      verification.manifest.project,
      artifact.ecosystem,
      artifact.package,
    );
    if (upstream.mode !== 'publish') {
      throw new CountersignError(
        'upstream-refused',
        `upstream mode ${upstream.mode} is not served by this version`,
        {
          hint: "use mode: publish, or publish with the registry's own tools",
        },
      );
    }
    const truth = await deps.registry(upstream).lookUp(artifact);
    if (truth.kind === 'different') {
      throw new CountersignError(
        'upstream-conflict',
        `${artifact.package} ${artifact.version} is upstream already with other bytes (${truth.found})`,
        { hint: 'release a new version, and find out who published this one' },
      );
    }
  }
  for (const tag of verification.manifest.distTags) {
    const { upstream } = upstreamOf(
      policy,
      verification.manifest.project,
      tag.ecosystem,
      tag.package,
    );
    await requireTagUnmoved(deps.registry(upstream), tag);
  }
}

async function requireCredentials(
  deps: PublisherDeps,
  { artifacts, policy, verification }: Authorization,
): Promise<void> {
  for (const { artifact } of artifacts) {
    const { name, upstream } = upstreamOf(
      policy,
      verification.manifest.project,
      artifact.ecosystem,
      artifact.package,
    );
    await findCredential(deps, name, upstream);
  }
}

function planOf({ verification, artifacts, policy }: Authorization) {
  const { manifest } = verification;
  return planEffects(
    manifest,
    shortId(manifest.release),
    (artifact) =>
      artifacts.find((one) => one.artifact.file === artifact.file)?.description.dependencies ?? [],
    (ecosystem, name) => upstreamOf(policy, manifest.project, ecosystem, name).name,
  );
}

/** Trouble of ours, not an answer about the release: it stays in publishing and can be repeated. */
const SAYS_NOTHING_OF_THE_RELEASE: ReadonlySet<ErrorCode> = new Set([
  'upstream-unreachable',
  'source-unreachable',
  'tool-missing',
  'internal',
  'vault-sealed',
  'state-conflict',
  'store-unavailable',
  'ledger-corrupt',
  'evidence-invalid',
]);

/** An effect failed: waits for the registry, tries again later, or ends where it stands. */
async function stop(deps: PublisherDeps, id: ReleaseId, error: unknown): Promise<void> {
  if (error instanceof RegistryPending) {
    await move(deps, id, 'await-registry', error.message);
    throw new CountersignError('upstream-unreachable', error.message, { cause: error });
  }
  if (!isCountersignError(error) || SAYS_NOTHING_OF_THE_RELEASE.has(error.code)) throw error;
  const reason = error.message;
  const [stopped, effects] = await deps.store.read(
    async (tx) => [await requireRelease(tx, id), await tx.effects(id)] as const,
  );
  const done = effects.some((one) => one.state === 'done');
  // A failed release is over: before that is recorded, its manifest loses its power.
  if (!done && stopped.manifest !== null) await deps.journal.finish(stopped.manifest);
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    await transition(tx, deps, release, {
      event: done ? 'stop-halfway' : 'fail-publishing',
      actor: 'publisher',
      reason: reason.slice(0, 500),
    });
    await notify(tx, deps, id, 'release.failed');
  });
}

async function move(
  deps: PublisherDeps,
  id: ReleaseId,
  event: ReleaseEvent,
  reason?: string,
): Promise<void> {
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    await transition(tx, deps, release, { event, actor: 'publisher', reason: reason ?? null });
  });
}
