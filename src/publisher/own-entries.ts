/** Entries that only the publisher writes: noted in its journal before they are committed. */
import type { ReleaseRow, StoreTransaction } from '../gateway/ports.ts';
import { type EntryParts, recordEvent } from '../gateway/record.ts';
import type { PublisherDeps } from './deps.ts';

export async function recordOwn(
  tx: StoreTransaction,
  deps: PublisherDeps,
  release: ReleaseRow,
  parts: EntryParts & { readonly event: string; readonly reason?: string },
): Promise<number> {
  const index = await recordEvent(tx, deps, release, { ...parts, actor: 'publisher' });
  const [row] = await tx.ledgerEntries(index, 1);
  if (row !== undefined) await deps.journal.add(row.leafHash);
  return index;
}
