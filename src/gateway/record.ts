/**
 * Writing history. A transition, its event, its ledger entry and its jobs are one transaction:
 * either all of it is durable, or none of it happened.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { type LedgerEntry, MAX_ENTRY_BYTES } from '../core/ledger-entry.ts';
import type { ReleaseId, Sha256 } from '../core/names.ts';
import { nextState, type ReleaseEvent } from '../core/release-state.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { createUuidV7, UUID_RANDOM_BYTES } from '../formats/uuid.ts';
import { hashLeaf } from '../tlog/leaf.ts';
import { appendLeaf } from '../tlog/tree.ts';
import type { Clock, Randomness, ReleaseRow, StoreTransaction } from './ports.ts';

export interface RecordDeps {
  readonly crypto: VerifierCrypto;
  readonly clock: Clock;
  readonly random: Randomness;
}

/** The entry without what `appendEntry` adds. */
export interface EntryParts {
  readonly kind: LedgerEntry['kind'];
  readonly release: ReleaseId | null;
  readonly ids?: Readonly<Record<string, string>>;
  readonly digests?: Readonly<Record<string, Sha256>>;
}

export function composeEntry(at: string, parts: EntryParts): LedgerEntry {
  return {
    schema: 'countersign/entry/v1',
    kind: parts.kind,
    at,
    release: parts.release,
    ids: parts.ids ?? {},
    digests: parts.digests ?? {},
  };
}

/** Appends to the ledger inside `tx`; returns the entry's index. Throws `limit-exceeded` above 4 kB. */
export async function appendEntry(
  tx: StoreTransaction,
  crypto: VerifierCrypto,
  entry: LedgerEntry,
): Promise<number> {
  const bytes = encodeCanonical(entry);
  if (bytes.length > MAX_ENTRY_BYTES) {
    throw new CountersignError(
      'limit-exceeded',
      `expected a ledger entry of at most ${MAX_ENTRY_BYTES} bytes, found ${bytes.length}`,
    );
  }
  const index = await tx.ledgerSize();
  const leafHash = await hashLeaf(crypto, bytes);
  const nodes = await appendLeaf(crypto, index, leafHash, (level, at) => tx.ledgerNode(level, at));
  await tx.putLedgerEntry(
    { index, kind: entry.kind, release: entry.release, bytes, leafHash },
    nodes,
  );
  return index;
}

/** What changes of a release beside its state. */
export type ReleasePatch = Partial<
  Pick<ReleaseRow, 'sealedAt' | 'manifest' | 'report' | 'reason' | 'policyDigest' | 'rosterDigest'>
>;

export interface TransitionParts {
  readonly event: ReleaseEvent;
  /** `alice`, `worker`, `publisher`: who did it. */
  readonly actor: string;
  readonly reason?: string | null;
  readonly patch?: ReleasePatch;
  readonly digests?: Readonly<Record<string, Sha256>>;
}

/** Moves a release. Throws `state-conflict` where the table of states does not have the step. */
export async function transition(
  tx: StoreTransaction,
  deps: RecordDeps,
  release: ReleaseRow,
  parts: TransitionParts,
): Promise<ReleaseRow> {
  const to = nextState(release.state, parts.event);
  const at = deps.clock.now();
  const reason = parts.reason ?? null;
  const next: ReleaseRow = {
    ...release,
    ...parts.patch,
    state: to,
    reason: parts.patch?.reason ?? reason,
    revision: release.revision + 1,
  };
  await tx.updateRelease(next);
  const ledgerIndex = await appendEntry(
    tx,
    deps.crypto,
    composeEntry(at, {
      kind: 'release-transition',
      release: release.id,
      ids: { event: parts.event, from: release.state, to, actor: parts.actor },
      digests: parts.digests ?? {},
    }),
  );
  const events = await tx.events(release.id);
  await tx.putEvent({
    release: release.id,
    sequence: events.length,
    at,
    event: parts.event,
    from: release.state,
    to,
    actor: parts.actor,
    reason,
    ledgerIndex,
  });
  return next;
}

/** Notes a thing that happened without a change of state: an upload, an approval, a refusal. */
export async function recordEvent(
  tx: StoreTransaction,
  deps: RecordDeps,
  release: ReleaseRow,
  parts: EntryParts & { readonly actor: string; readonly event: string; readonly reason?: string },
): Promise<number> {
  const at = deps.clock.now();
  const ledgerIndex = await appendEntry(
    tx,
    deps.crypto,
    composeEntry(at, { ...parts, ids: { ...parts.ids, actor: parts.actor } }),
  );
  const events = await tx.events(release.id);
  await tx.putEvent({
    release: release.id,
    sequence: events.length,
    at,
    event: parts.event,
    from: release.state,
    to: release.state,
    actor: parts.actor,
    reason: parts.reason ?? null,
    ledgerIndex,
  });
  return ledgerIndex;
}

/** Says why a release waits, without moving it. */
export async function setReason(
  tx: StoreTransaction,
  release: ReleaseRow,
  reason: string | null,
): Promise<ReleaseRow> {
  const next = { ...release, reason, revision: release.revision + 1 };
  await tx.updateRelease(next);
  return next;
}

export function newId(deps: Pick<RecordDeps, 'clock' | 'random'>): string {
  return createUuidV7(Date.parse(deps.clock.now()), deps.random.bytes(UUID_RANDOM_BYTES));
}

export interface JobParts {
  readonly kind: string;
  readonly release: ReleaseId | null;
  readonly payload?: unknown;
  /** RFC 3339; now when left out. */
  readonly runAt?: string;
  readonly key: string;
}

/** Puts a job into the outbox of the same transaction. */
export async function enqueue(
  tx: StoreTransaction,
  deps: Pick<RecordDeps, 'clock' | 'random'>,
  job: JobParts,
): Promise<void> {
  await tx.enqueue({
    id: newId(deps),
    kind: job.kind,
    release: job.release,
    payload: new TextDecoder().decode(encodeCanonical(job.payload ?? {})),
    runAt: job.runAt ?? deps.clock.now(),
    key: job.key,
  });
}

export function addSeconds(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}

/** Throws `not-found`. */
export async function requireRelease(
  tx: { release(id: ReleaseId): Promise<ReleaseRow | undefined> },
  id: ReleaseId,
): Promise<ReleaseRow> {
  const found = await tx.release(id);
  if (found !== undefined) return found;
  throw new CountersignError('not-found', `there is no release ${id}`, {
    hint: 'countersign release list shows them',
  });
}
