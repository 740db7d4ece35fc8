/** The signed rules in force: genesis, roster, policy document. Read from the store, never from
 * the configuration file. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { type Genesis, genesis as genesisReader } from '../core/genesis.ts';
import type { Sha256 } from '../core/names.ts';
import { type Policy, type PolicyDocument, type Project, policyDocument } from '../core/policy.ts';
import { type Roster, roster as rosterReader } from '../core/roster.ts';
import type { Reader } from '../core/shape.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import type { GovernanceRow, StoreReader } from './ports.ts';

export interface Governance {
  readonly genesisDigest: Sha256;
  readonly genesis: Genesis;
  readonly roster: Roster;
  readonly rosterDigest: Sha256;
  readonly policy: PolicyDocument;
  readonly policyDigest: Sha256;
}

/** Throws `not-found` before the founding, `ledger-corrupt` where a digest has no document. */
export async function readGovernance(tx: StoreReader): Promise<Governance> {
  const genesisDigest = await tx.genesisDigest();
  if (genesisDigest === undefined) {
    throw new CountersignError('not-found', 'this instance has not been founded', {
      hint: 'run countersign init',
    });
  }
  const rosterRow = newest(await tx.governance('roster'), 'roster');
  const policyRow = newest(await tx.governance('policy'), 'policy');
  return {
    genesisDigest,
    genesis: await readDocument(tx, genesisDigest, genesisReader, 'genesis'),
    roster: await readDocument(tx, rosterRow.digest, rosterReader, 'roster'),
    rosterDigest: rosterRow.digest,
    policy: await readDocument(tx, policyRow.digest, policyDocument, 'policy document'),
    policyDigest: policyRow.digest,
  };
}

function newest(rows: readonly GovernanceRow[], what: string): GovernanceRow {
  const last = rows.at(-1);
  if (last === undefined) throw new CountersignError('ledger-corrupt', `there is no ${what}`);
  return last;
}

/** Reads a canonical document of the store by digest. Throws `ledger-corrupt` when it is gone. */
export async function readDocument<T>(
  tx: StoreReader,
  digest: Sha256,
  reader: Reader<T>,
  what: string,
): Promise<T> {
  const text = await tx.document(digest);
  if (text === undefined) {
    throw new CountersignError('ledger-corrupt', `the ${what} ${digest} is missing from the store`);
  }
  return reader(
    decodeCanonical(encodeUtf8(text), { what: `the ${what}`, maxBytes: 64 << 20 }),
    what,
  );
}

/** Canonical text and digest of a document that is about to be stored or signed. */
export async function canonicalDocument(
  crypto: Pick<VerifierCrypto, 'sha256'>,
  value: unknown,
): Promise<{ readonly text: string; readonly digest: Sha256 }> {
  const bytes = encodeCanonical(value);
  return { text: decodeUtf8(bytes), digest: await sha256Hex(crypto, bytes) };
}

/** Throws `not-found` naming the projects that exist. */
export function requireProject(document: PolicyDocument, name: string): Project {
  const found = Object.hasOwn(document.projects, name) ? document.projects[name] : undefined;
  if (found !== undefined) return found;
  throw new CountersignError(
    'not-found',
    `expected a project of the signed rules (${Object.keys(document.projects).join(', ') || 'there are none'}), found ${name}`,
  );
}

export function requirePolicy(document: PolicyDocument, name: string): Policy {
  const found = Object.hasOwn(document.policies, name) ? document.policies[name] : undefined;
  if (found !== undefined) return found;
  throw new CountersignError('not-found', `the signed rules have no policy ${name}`);
}
