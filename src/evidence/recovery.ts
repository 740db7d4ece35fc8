/**
 * Refounding a lost quorum: k of the offline keys that the genesis names sign the next roster and
 * rules, the log shows it, everybody of the roster may veto it until the delay is over.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { type Recovery, recovery } from '../core/governance.ts';
import {
  applyGovernance,
  type GovernanceEvent,
  type GovernanceState,
  requireReachable,
} from '../core/governance-state.ts';
import type { Sha256 } from '../core/names.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { type ReadChange, readChange } from './change.ts';
import type { GovernanceStep, Standing } from './governance.ts';
import { openBySshKey, requireInstance, type SignedStatement } from './signed-statement.ts';

export interface OpenedRecovery extends ReadChange {
  readonly recovery: Recovery;
  readonly digest: Sha256;
  readonly next: GovernanceState;
}

/**
 * Opens a recovery under the state in force. Throws `quorum-unmet` for fewer signatures than the
 * genesis asks for, `signature-invalid` for a key that it does not name, and as `readChange`.
 */
export async function openRecovery(
  crypto: VerifierCrypto,
  statements: readonly SignedStatement[],
  documents: readonly string[],
  { founded, state }: Standing,
  at: string,
): Promise<OpenedRecovery> {
  const rule = founded.document.recovery;
  if (rule === undefined) fail('the genesis of this instance names no recovery keys');
  const signers = new Set<string>();
  let opened: { readonly predicate: Recovery; readonly digest: Sha256 } | undefined;
  for (const signed of statements) {
    const { predicateType } = decodeStatement(signed.envelope.payload);
    if (predicateType !== predicateTypeOf('recovery')) continue;
    const one = await openBySshKey(crypto, signed, 'recovery', recovery, (publicKey) =>
      rule.keys.includes(publicKey) ? null : 'a recovery key of the genesis',
    );
    requireInstance(one, founded.digest);
    if (opened !== undefined && opened.digest !== one.digest) {
      fail('the recovery keys signed different recoveries');
    }
    opened = one;
    signers.add(one.publicKey);
  }
  if (opened === undefined || signers.size < rule.threshold) {
    throw new CountersignError(
      'quorum-unmet',
      `expected signatures by ${rule.threshold} of ${rule.keys.length} recovery keys, found ${signers.size}`,
    );
  }
  const { predicate, digest } = opened;
  const read = await readChange(crypto, founded.digest, state, predicate, documents, statements);
  const { reason } = predicate;
  const event = { kind: 'recovery-enacted', change: read.change, reason } as const;
  const next = applyGovernance(state, event, { index: 0, at });
  requireReachable(next);
  return { ...read, recovery: predicate, digest, next };
}

/** The step that shows a recovery to everybody. */
export async function verifyRecoveryStart(
  crypto: VerifierCrypto,
  { entry, statements, documents }: GovernanceStep,
  standing: Standing,
): Promise<GovernanceEvent> {
  const { digest } = await openRecovery(crypto, statements, documents, standing, entry.at);
  if (entry.digests['recovery'] !== digest) fail('the ledger starts another recovery');
  return { kind: 'recovery-started', digest };
}

/** The step that brings it into force, once nobody vetoed it in time. */
export async function verifyRecovery(
  crypto: VerifierCrypto,
  { entry, statements, documents }: GovernanceStep,
  standing: Standing,
): Promise<GovernanceEvent> {
  const { founded, state } = standing;
  const opened = await openRecovery(crypto, statements, documents, standing, entry.at);
  const waiting = state.recovery;
  if (waiting === null || waiting.digest !== opened.digest) {
    fail('the recovery was not shown to everybody, or was vetoed');
  }
  const delaySeconds = founded.document.recovery?.delaySeconds ?? 0;
  if (Date.parse(entry.at) < Date.parse(waiting.at) + delaySeconds * 1000) {
    fail(`the recovery came into force before its delay of ${delaySeconds} seconds was over`);
  }
  const { recovery: named, roster, policy } = entry.digests;
  const agrees =
    named === opened.digest &&
    roster === opened.next.rosterDigest &&
    policy === opened.next.policyDigest;
  if (!agrees) fail('the ledger enacts another recovery than the one that was signed');
  return { kind: 'recovery-enacted', change: opened.change, reason: opened.recovery.reason };
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
