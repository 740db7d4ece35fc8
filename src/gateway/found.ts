/** The founding: genesis becomes entry 0 of the ledger, and roster and policy come into force. */
import { CountersignError } from '../core/errors.ts';
import { verifyFounding } from '../evidence/founding.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import type { SignedStatement, Store } from './ports.ts';
import { appendEntry, composeEntry, type RecordDeps } from './record.ts';

/**
 * Stores a genesis that every founder signed. Throws `evidence-invalid` where a signature is
 * missing or bad, and `state-conflict` where this store is founded already.
 */
export async function foundInstance(
  deps: RecordDeps & { readonly store: Store },
  document: string,
  signatures: readonly SignedStatement[],
): Promise<void> {
  const founded = await verifyFounding(deps.crypto, document, signatures);
  const at = deps.clock.now();
  await deps.store.transact(async (tx) => {
    if ((await tx.genesisDigest()) !== undefined || (await tx.ledgerSize()) > 0) {
      throw new CountersignError('state-conflict', 'this data folder holds an instance already', {
        hint: 'a founding happens once; roster and rules change by proposals from then on',
      });
    }
    const ledgerIndex = await appendEntry(
      tx,
      deps.crypto,
      composeEntry(at, {
        kind: 'genesis',
        release: null,
        ids: { name: founded.document.name },
        digests: {
          genesis: founded.digest,
          roster: founded.rosterDigest,
          policy: founded.policyDigest,
        },
      }),
    );
    await tx.putDocument(founded.digest, 'genesis', document);
    await tx.putGenesis(founded.digest);
    const parts = [
      ['roster', founded.document.roster, founded.rosterDigest],
      ['policy', founded.document.policy, founded.policyDigest],
    ] as const;
    for (const [kind, value, digest] of parts) {
      await tx.putDocument(digest, kind, decodeUtf8(encodeCanonical(value)));
      await tx.putGovernance({ kind, version: value.version, digest, previous: null, ledgerIndex });
    }
    for (const statement of signatures) {
      await tx.putStatement({
        digest: await sha256Hex(deps.crypto, statement.envelope.payload),
        release: null,
        purpose: 'genesis',
        person: null,
        manifest: null,
        statement,
        recordedAt: at,
        ledgerIndex,
      });
    }
  });
}
