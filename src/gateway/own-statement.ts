/** A statement that its caller signed just now: what every act that counts begins with. */
import { CountersignError } from '../core/errors.ts';
import { whyStranger } from '../core/governance-state.ts';
import type { PersonId } from '../core/names.ts';
import type { Purpose } from '../core/purpose.ts';
import type { Reader } from '../core/shape.ts';
import {
  type OpenedStatement,
  openStatement,
  requireInstance,
  requirePerson,
} from '../evidence/signed-statement.ts';
import type { GatewayDeps } from './deps.ts';
import { requireFresh } from './freshness.ts';
import type { Caller } from './gateway.ts';
import { type Governance, readGovernance } from './governance.ts';
import { requirePersonCaller } from './identify.ts';
import type { SignedStatement, StoreReader } from './ports.ts';

/** What every such predicate says. */
interface Own {
  readonly person: PersonId;
  readonly issuedAt: string;
}

export interface OwnStatement<T> {
  readonly personId: PersonId;
  readonly governance: Governance;
  readonly opened: OpenedStatement<T>;
}

/**
 * Opens it under the roster in force. Throws what `openStatement` throws, `signature-invalid` where
 * it is old or about another instance, and `forbidden` where it is of another person than the
 * caller, by a suspended one, or the caller is nobody of the roster. A new key may do this: it can
 * ask and stop, and approves nothing.
 */
export async function openOwn<T extends Own>(
  deps: Pick<GatewayDeps, 'crypto' | 'clock'>,
  tx: StoreReader,
  caller: Caller,
  signed: SignedStatement,
  purpose: Purpose,
  reader: Reader<T>,
): Promise<OwnStatement<T>> {
  const personId = requirePersonCaller(caller);
  const governance = await readGovernance(tx);
  const opened = await openStatement(deps.crypto, signed, purpose, reader, governance.roster);
  requireInstance(opened, governance.genesisDigest);
  requireFresh(deps.clock.now(), opened.predicate.issuedAt);
  const person = requirePerson(opened, `a statement of purpose ${purpose}`);
  if (person.id !== personId || opened.predicate.person !== personId) {
    throw new CountersignError(
      'forbidden',
      `the session is ${personId}'s, the statement is signed by ${person.id} and speaks of ${opened.predicate.person}`,
    );
  }
  const { publicKey, keyFingerprint: fingerprint } = opened;
  const silent = whyStranger(governance.state, { person: personId, publicKey, fingerprint });
  if (silent !== null) throw new CountersignError('forbidden', `${personId} ${silent}`);
  return { personId, governance, opened };
}
