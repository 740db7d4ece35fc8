/**
 * Signs checkpoints. The web process inserts leaves; this process recomputes the tree from the
 * entries' bytes, refuses entries that only it may write and did not, and signs what it computed.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { ledgerEntry, PUBLISHER_KINDS } from '../core/ledger-entry.ts';
import { equalBytes } from '../formats/bytes.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import type { Clock, LedgerRow, Log, Store } from '../gateway/ports.ts';
import { openCheckpoint, signCheckpoint } from '../tlog/checkpoint.ts';
import { hashLeaf } from '../tlog/leaf.ts';
import type { NoteSigner } from '../tlog/note.ts';
import { createRightEdge, type RightEdge } from '../tlog/tree.ts';
import { createLedgerHistory, type LedgerHistory } from './history.ts';
import type { Journal } from './journal.ts';

const PAGE = 512;

export interface LedgerSigner {
  /**
   * Signs everything that is in the ledger now; returns the signed size. Throws `ledger-corrupt`
   * where history changed, was lost, or holds an entry that only the publisher may write; from
   * then on nothing is signed and so nothing ships.
   */
  advance(): Promise<number>;
  /** What the entries that were read so far say. */
  readonly history: LedgerHistory;
}

export interface LedgerSignerDeps {
  readonly store: Store;
  readonly crypto: VerifierCrypto;
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Journal;
  readonly signer: NoteSigner;
}

/** The tree as it was read so far, and what its entries say. */
interface Reading {
  readonly edge: RightEdge;
  readonly history: LedgerHistory;
}

/**
 * Reads the whole ledger once and holds it against the highest checkpoint kept outside the
 * database. Throws `ledger-corrupt` where they disagree, and where a log that was signed before
 * has no kept checkpoint any more: without one, a rolled-back database would go unnoticed.
 */
export async function createLedgerSigner(deps: LedgerSignerDeps): Promise<LedgerSigner> {
  const edge = createRightEdge(deps.crypto);
  const history = createLedgerHistory();
  const reading = { edge, history };
  const kept = deps.journal.head();
  if (kept === undefined) await requireUnsigned(deps);
  else await catchUp(deps, reading, kept);
  let running: Promise<number> = Promise.resolve(edge.size());
  return {
    history,
    advance() {
      // One at a time. A corrupt ledger stays corrupt for everyone who asks afterwards.
      running = running.catch(unlessCorrupt).then(() => signNewEntries(deps, reading));
      return running;
    },
  };
}

function unlessCorrupt(error: unknown): number {
  if (isCountersignError(error) && error.code !== 'ledger-corrupt') return 0;
  throw error;
}

/** The kept checkpoint is written before the store's, so a store that has one had a kept one. */
async function requireUnsigned(deps: LedgerSignerDeps): Promise<void> {
  const latest = await deps.store.read((tx) => tx.latestCheckpoint());
  if (latest === undefined) return;
  throw new CountersignError(
    'ledger-corrupt',
    `the log was signed up to entry ${latest.size - 1}, and the publisher folder holds no checkpoint of it`,
    {
      hint: "restore the file checkpoint in the publisher folder: from its backup, or the newest signed checkpoint that an approver, a notification or a witness holds (not the database's own)",
    },
  );
}

/** Replays up to the kept checkpoint: same bytes, same root, or the database is not our past. */
async function catchUp(deps: LedgerSignerDeps, reading: Reading, kept: string): Promise<void> {
  const { edge } = reading;
  const head = await openCheckpoint(deps.crypto, kept, deps.signer.key);
  await replay(deps, reading, head.size);
  if (edge.size() < head.size) {
    corrupt(
      `the ledger has ${edge.size()} entries, the checkpoint kept by the publisher has ${head.size}: entries were lost`,
    );
  }
  if (!equalBytes(await edge.root(), head.root)) {
    corrupt(`the ledger's first ${head.size} entries are not those that the publisher signed`);
  }
}

async function signNewEntries(deps: LedgerSignerDeps, reading: Reading): Promise<number> {
  const { edge } = reading;
  await replay(deps, reading, Number.MAX_SAFE_INTEGER);
  const size = edge.size();
  const latest = await deps.store.read((tx) => tx.latestCheckpoint());
  if (size === 0 || latest?.size === size) return size;
  if (latest !== undefined && latest.size > size) {
    corrupt(`the store has a checkpoint of ${latest.size} entries and only ${size} entries`);
  }
  const root = await edge.root();
  const origin = deps.signer.key.name;
  const note = await signCheckpoint({ origin, size, root, extensions: [] }, deps.signer);
  // First outside, then inside: a crash in between is signed again with the same content, while
  // the other order could let a database that is rolled back forget a published checkpoint.
  await deps.journal.setHead(note);
  await deps.store.transact((tx) =>
    tx.putCheckpoint({ size, root, note, signedAt: deps.clock.now() }),
  );
  return size;
}

async function replay(deps: LedgerSignerDeps, reading: Reading, until: number): Promise<void> {
  const { edge } = reading;
  while (edge.size() < until) {
    const from = edge.size();
    const limit = Math.min(PAGE, until - from);
    const rows = await deps.store.read((tx) => tx.ledgerEntries(from, limit));
    if (rows.length === 0) return;
    for (const row of rows) await appendChecked(deps, reading, row);
  }
}

async function appendChecked(
  deps: LedgerSignerDeps,
  { edge, history }: Reading,
  row: LedgerRow,
): Promise<void> {
  if (row.index !== edge.size()) corrupt(`ledger entry ${edge.size()} is missing`);
  const leafHash = await hashLeaf(deps.crypto, row.bytes);
  if (!equalBytes(leafHash, row.leafHash))
    corrupt(`ledger entry ${row.index} is not what its hash says`);
  const entry = ledgerEntry(
    decodeCanonical(row.bytes, { what: `ledger entry ${row.index}` }),
    'entry',
  );
  if (PUBLISHER_KINDS.has(entry.kind) && !deps.journal.has(leafHash)) {
    deps.log.error('ledger-entry-forged', { index: row.index, kind: entry.kind });
    corrupt(`ledger entry ${row.index} is a ${entry.kind} that the publisher did not write`);
  }
  const manifest = entry.kind === 'credential-used' ? entry.digests['manifest'] : undefined;
  if (manifest !== undefined && history.isUsed(manifest)) {
    corrupt(`ledger entry ${row.index} uses manifest ${manifest} a second time`);
  }
  await edge.append(leafHash);
  history.note(entry);
}

function corrupt(message: string): never {
  throw new CountersignError('ledger-corrupt', message, {
    hint: 'nothing ships until this is explained: compare with a backup and with checkpoints that others hold',
  });
}
