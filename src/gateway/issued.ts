/** Where the ledger issued a release's manifest. */
import { CountersignError } from '../core/errors.ts';
import type { LedgerRow, ReleaseRow, StoreReader } from './ports.ts';

/** Throws `ledger-corrupt` where the entry is missing. */
export async function entryAt(tx: StoreReader, index: number): Promise<LedgerRow> {
  const [row] = await tx.ledgerEntries(index, 1);
  if (row?.index === index) return row;
  throw new CountersignError('ledger-corrupt', `ledger entry ${index} is missing from the store`);
}

/** The entry that issued the present manifest: it stands just before its transition. */
export async function findIssued(tx: StoreReader, release: ReleaseRow): Promise<LedgerRow> {
  const events = await tx.events(release.id);
  const passed = events.findLast((one) => one.event === 'pass-inspection');
  const from = passed === undefined ? -1 : passed.ledgerIndex - 1;
  const row = from < 0 ? undefined : await entryAt(tx, from);
  if (row?.kind === 'manifest-issued' && row.release === release.id) return row;
  throw new CountersignError(
    'ledger-corrupt',
    `the ledger has no manifest of release ${release.shortId}`,
  );
}
