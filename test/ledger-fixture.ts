import type { LedgerEntry } from '../src/core/ledger-entry.ts';
import type { CheckpointSeen } from '../src/core/manifest.ts';
import type { Sha256 } from '../src/core/names.ts';
import { encodeHex } from '../src/formats/base64.ts';
import { encodeCanonical } from '../src/formats/canonical.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { rootAt } from '../src/tlog/tree.ts';
import type { MemoryLog } from './tlog-fixture.ts';

/** The head of the log as an approver would see it now. */
export async function checkpointSeenOf(log: MemoryLog): Promise<CheckpointSeen> {
  const size = log.entries.length;
  const root = await rootAt(nodeCrypto, size, log.readNode);
  return { origin: log.signer.key.name, size, root: encodeHex(root) as Sha256 };
}

/** Appends one entry, in canonical form. */
export async function appendEntry(
  log: MemoryLog,
  parts: Pick<LedgerEntry, 'kind' | 'at' | 'release' | 'digests'>,
): Promise<void> {
  await log.append(encodeCanonical({ schema: 'countersign/entry/v1', ids: {}, ...parts }));
}
