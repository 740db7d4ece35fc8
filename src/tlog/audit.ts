import type { VerifierCrypto } from '../core/crypto.ts';
import { isCountersignError } from '../core/errors.ts';
import { equalBytes } from '../formats/bytes.ts';
import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { hashLeaf } from './leaf.ts';
import type { VerifierKey } from './note-key.ts';
import { ENTRY_MAX_BYTES } from './tile.ts';
import { createRightEdge, type NodeReader, type RightEdge } from './tree.ts';

/** A whole log, as a stranger reads it. */
export interface AuditedLog {
  readonly logKey: VerifierKey;
  readonly witnesses?: readonly VerifierKey[];
  /** The raw entries from number 0 on. */
  readonly entries: AsyncIterable<Uint8Array>;
  /** Signed checkpoints in the order in which they were made; those kept elsewhere among them. */
  readonly checkpoints: AsyncIterable<string> | Iterable<string>;
  /** Where given, every stored hash is compared with the recomputed one. */
  readonly readNode?: NodeReader;
}

/** One thing that is wrong. `checkpoint` and `entry` count from 0 in what was given. */
export type AuditProblem =
  | {
      readonly kind: 'checkpoint-unreadable';
      readonly checkpoint: number;
      readonly message: string;
    }
  | { readonly kind: 'signature-invalid'; readonly checkpoint: number; readonly message: string }
  | {
      readonly kind: 'size-went-back';
      readonly checkpoint: number;
      readonly size: number;
      readonly earlierSize: number;
    }
  | {
      readonly kind: 'entries-missing';
      readonly checkpoint: number;
      readonly size: number;
      readonly found: number;
    }
  | { readonly kind: 'root-differs'; readonly checkpoint: number; readonly size: number }
  | { readonly kind: 'entry-too-large'; readonly entry: number; readonly sizeBytes: number }
  | {
      readonly kind: 'node-differs';
      readonly entry: number;
      readonly level: number;
      readonly index: number;
    };

/** What an audit found. The log is as its checkpoints say when `problems` is empty. */
export interface AuditReport {
  /** Entries read, and the root recomputed over all of them. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Checkpoints read, and the size of the largest that held; 0 where none did. */
  readonly checkpoints: number;
  readonly provenSize: number;
  /** In the order of the log; the first `PROBLEMS_MAX`, and how many more there were. */
  readonly problems: readonly AuditProblem[];
  readonly problemsOmitted: number;
}

/** Problems that a report lists; a hostile log must not fill the memory of who reads it. */
export const PROBLEMS_MAX = 1000;

/**
 * Recomputes a log from its entries and holds every checkpoint against it: signature, size never
 * going back, root. Goes once through both in O(log n) memory. Entries after the last checkpoint
 * are no problem (`size` is then above `provenSize`). A log without checkpoints proves nothing:
 * look at `provenSize`. Throws only what its inputs throw.
 */
export async function auditLog(crypto: VerifierCrypto, log: AuditedLog): Promise<AuditReport> {
  const problems: AuditProblem[] = [];
  let problemsOmitted = 0;
  const report = (problem: AuditProblem) => {
    if (problems.length < PROBLEMS_MAX) problems.push(problem);
    else problemsOmitted++;
  };

  const edge = createRightEdge(crypto);
  const entries = readEntries(crypto, log, edge, report);
  let checkpoint = -1;
  let earlierSize = 0;
  let provenSize = 0;
  try {
    for await (const text of log.checkpoints) {
      checkpoint++;
      const opened = await open(crypto, log, text, checkpoint, report);
      if (opened === undefined) continue;
      const { size, root } = opened;
      if (size < earlierSize) {
        report({ kind: 'size-went-back', checkpoint, size, earlierSize });
        continue;
      }
      earlierSize = size;
      while (edge.size() < size && !(await entries.next()).done);
      if (edge.size() < size) {
        report({ kind: 'entries-missing', checkpoint, size, found: edge.size() });
      } else if (equalBytes(await edge.root(), root)) {
        provenSize = size;
      } else {
        report({ kind: 'root-differs', checkpoint, size });
      }
    }
    while (!(await entries.next()).done);
  } finally {
    // What lies behind the entries may be an open cursor or file.
    await entries.return();
  }
  return {
    size: edge.size(),
    root: await edge.root(),
    checkpoints: checkpoint + 1,
    provenSize,
    problems,
    problemsOmitted,
  };
}

type Report = (problem: AuditProblem) => void;

/** Takes one entry into the edge with each step, and reports what is wrong with it. */
async function* readEntries(
  crypto: VerifierCrypto,
  log: AuditedLog,
  edge: RightEdge,
  report: Report,
): AsyncGenerator<void, void, void> {
  for await (const bytes of log.entries) {
    const entry = edge.size();
    if (bytes.length > ENTRY_MAX_BYTES) {
      report({ kind: 'entry-too-large', entry, sizeBytes: bytes.length });
    }
    for (const { level, index, hash } of await edge.append(await hashLeaf(crypto, bytes))) {
      if (log.readNode === undefined) break;
      const stored = await log.readNode(level, index);
      if (stored === undefined || !equalBytes(stored, hash)) {
        report({ kind: 'node-differs', entry, level, index });
      }
    }
    yield;
  }
}

async function open(
  crypto: VerifierCrypto,
  log: AuditedLog,
  text: string,
  checkpoint: number,
  report: Report,
): Promise<OpenedCheckpoint | undefined> {
  try {
    return await openCheckpoint(crypto, text, log.logKey, log.witnesses);
  } catch (error) {
    if (!isCountersignError(error) || error.code === 'usage') throw error;
    const kind = error.code === 'signature-invalid' ? 'signature-invalid' : 'checkpoint-unreadable';
    report({ kind, checkpoint, message: error.message });
    return undefined;
  }
}
