/** Texts of documents by digest. */
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import type { StoreReader } from './ports.ts';

/** Throws `ledger-corrupt` where the store has lost the document. */
export async function requireText(tx: StoreReader, digest: Sha256): Promise<string> {
  const text = await tx.document(digest);
  if (text !== undefined) return text;
  throw new CountersignError('ledger-corrupt', `document ${digest} is missing from the store`);
}
