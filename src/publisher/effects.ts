/**
 * Effects, one by one. Each is recorded as intended before it happens; before each, the registry
 * is asked what is true, so that a crash between doing and noting never does a thing twice.
 */
import { CountersignError } from '../core/errors.ts';
import type { Manifest } from '../core/manifest.ts';
import type { UpstreamRegistry, UpstreamTruth } from '../ecosystem/ecosystem.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import type { EffectRow, ReleaseRow } from '../gateway/ports.ts';
import { requireRelease } from '../gateway/record.ts';
import type { Secret } from '../host/secret.ts';
import { type Authorization, type AuthorizedArtifact, upstreamOf } from './authorize.ts';
import { findCredential, openCredential } from './credentials.ts';
import type { PublisherDeps } from './deps.ts';
import { recordOwn } from './own-entries.ts';
import type { EffectTarget } from './plan.ts';
import { provenanceToForward } from './source.ts';

/** The registry took it and does not show it yet; nothing failed. */
export class RegistryPending extends Error {
  override readonly name = 'RegistryPending';
}

const POLL_MS = 250;

interface Target {
  readonly row: EffectRow;
  readonly target: EffectTarget;
  readonly registry: UpstreamRegistry;
  readonly artifact: AuthorizedArtifact | undefined;
  /** Opens the credential when an effect really needs it. */
  readonly credential: () => Promise<Secret>;
  /** The Sigstore bundle that the signed rules hand on, verified again; null for none. */
  readonly provenance: () => Promise<string | null>;
}

/**
 * Does everything that is not done. `plan` was derived again from the signed manifest: rows that
 * say something else were written by somebody else. Throws on the first effect that cannot be
 * completed.
 */
export async function performEffects(
  deps: PublisherDeps,
  release: ReleaseRow,
  authorization: Authorization,
  plan: readonly EffectTarget[],
): Promise<void> {
  const rows = await deps.store.read((tx) => tx.effects(release.id));
  // All of them before the first is done: half of a foreign plan is as foreign as the whole.
  if (rows.length !== plan.length) foreignPlan();
  const steps = plan.map((target, sequence) => {
    const row = rows[sequence];
    const same = row?.sequence === sequence && row.target === decodeUtf8(encodeCanonical(target));
    if (row === undefined || !same) foreignPlan();
    return { row, target };
  });
  const observed = deps.signer.history.observed(release.id);
  for (const { row, target } of steps) {
    // The ledger, not the row, says what was done: no tag is moved twice for one manifest.
    if (observed.has(row.sequence)) continue;
    const resolved = resolveTarget(deps, authorization, row, target);
    const outcome =
      target.kind === 'publish'
        ? await performPublish(deps, release, resolved)
        : await performTag(deps, release, resolved, authorization);
    await observe(deps, release, row, outcome);
  }
}

function foreignPlan(): never {
  throw new CountersignError(
    'evidence-invalid',
    'the stored plan of effects is not the one that follows from the signed manifest',
    {
      hint: 'somebody else wrote to the database: stop the publisher, and compare the database with a backup',
    },
  );
}

function resolveTarget(
  deps: PublisherDeps,
  authorization: Authorization,
  row: EffectRow,
  target: EffectTarget,
): Target {
  const { manifest } = authorization.verification;
  const { name, upstream } = upstreamOf(
    authorization.policy,
    manifest.project,
    target.ecosystem,
    target.package,
  );
  return {
    row,
    target,
    registry: deps.registry(upstream),
    artifact: authorization.artifacts.find((one) => one.artifact.file === target.file),
    credential: async () =>
      openCredential(deps, await findCredential(deps, name, upstream), upstream),
    provenance: () => provenanceToForward(deps, authorization, target),
  };
}

async function performPublish(
  deps: PublisherDeps,
  release: ReleaseRow,
  target: Target,
): Promise<string> {
  const { registry, artifact } = target;
  if (artifact === undefined)
    throw new CountersignError('internal', 'a publish effect has no artifact');
  const before = await registry.lookUp(artifact.artifact);
  if (before.kind === 'same') return 'already upstream with these bytes';
  requireFree(before, artifact);
  if (before.kind === 'absent') {
    await intend(deps, release, target.row);
    const provenance = await target.provenance();
    const credential = await target.credential();
    try {
      await registry.publish(
        artifact.artifact,
        () => deps.blobs.read(artifact.artifact.sha256),
        artifact.description.metadata,
        {
          credential,
          stagingTag: target.target.tag,
          ...(provenance === null ? {} : { provenance }),
        },
      );
    } catch (error) {
      // Registries have answered errors to uploads that went through: only the registry knows.
      if ((await registry.lookUp(artifact.artifact)).kind === 'absent') throw error;
    }
  }
  return waitUntilVisible(deps, registry, artifact);
}

function requireFree(truth: UpstreamTruth, { artifact }: AuthorizedArtifact): void {
  if (truth.kind !== 'different') return;
  throw new CountersignError(
    'upstream-conflict',
    `${artifact.package} ${artifact.version} is upstream with other bytes (${truth.found})`,
    {
      hint: 'somebody published this version around the gateway: compare those bytes with yours, and release a new version',
    },
  );
}

async function waitUntilVisible(
  deps: PublisherDeps,
  registry: UpstreamRegistry,
  artifact: AuthorizedArtifact,
): Promise<string> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const truth = await registry.lookUp(artifact.artifact);
    if (truth.kind === 'same') return 'published and visible';
    requireFree(truth, artifact);
    if (waitedMs >= deps.visibleWithinMs) {
      throw new RegistryPending(
        `${artifact.artifact.file} was taken by the registry and is not visible yet${truth.kind === 'pending' ? `: ${truth.reason}` : ''}`,
      );
    }
    await deps.sleep(POLL_MS);
  }
}

/** Both tag operations are idempotent, so that doing one twice after a crash changes nothing. */
async function performTag(
  deps: PublisherDeps,
  release: ReleaseRow,
  effect: Target,
  { verification }: Authorization,
): Promise<string> {
  const { kind, package: name, tag, version } = effect.target;
  if (tag === null) throw new CountersignError('internal', 'a tag effect names no tag');
  if (kind === 'move-tag') {
    const signed = verification.manifest.distTags.find(
      (one) => one.package === name && one.tag === tag && one.to === version,
    );
    if (signed === undefined) return foreignPlan();
    await requireTagUnmoved(effect.registry, signed);
  }
  await intend(deps, release, effect.row);
  const credential = await effect.credential();
  if (kind === 'move-tag') {
    await effect.registry.moveTag(name, tag, version, credential);
    return `${tag} points at ${version}`;
  }
  await effect.registry.removeTag(name, tag, credential);
  return `${tag} is gone`;
}

/**
 * People signed that a tag moves from one version to another. Where it points elsewhere by now,
 * moving it could take users back: that is another decision than the one that was signed.
 */
export async function requireTagUnmoved(
  registry: UpstreamRegistry,
  signed: Manifest['distTags'][number],
): Promise<void> {
  const { distTags } = await registry.summarize(signed.package, signed.to);
  const now = distTags[signed.tag] ?? null;
  if (now === signed.from || now === signed.to) return;
  throw new CountersignError(
    'upstream-conflict',
    `dist-tag ${signed.tag} of ${signed.package} points at ${now ?? 'nothing'} now, the approvers signed a move from ${signed.from ?? 'nothing'} to ${signed.to}`,
    { hint: 'cancel this release, open it again, and sign what is true now' },
  );
}

async function intend(deps: PublisherDeps, release: ReleaseRow, row: EffectRow): Promise<void> {
  await deps.store.transact(async (tx) => {
    await tx.updateEffect({ ...row, state: 'intended', intendedAt: deps.clock.now() });
    await recordOwn(tx, deps, await requireRelease(tx, release.id), {
      kind: 'effect-intended',
      release: release.id,
      event: `intend-${row.kind}`,
      ids: { effect: row.id, sequence: `${row.sequence}` },
    });
  });
}

async function observe(
  deps: PublisherDeps,
  release: ReleaseRow,
  row: EffectRow,
  outcome: string,
): Promise<void> {
  await deps.store.transact(async (tx) => {
    const current = (await tx.effects(release.id)).find((one) => one.id === row.id) ?? row;
    await tx.updateEffect({ ...current, state: 'done', observedAt: deps.clock.now(), outcome });
    await recordOwn(tx, deps, await requireRelease(tx, release.id), {
      kind: 'effect-observed',
      release: release.id,
      event: `observe-${row.kind}`,
      ids: { effect: row.id, sequence: `${row.sequence}` },
    });
  });
}
