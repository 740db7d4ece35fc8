/** Ledger proofs of a bundle: all against one checkpoint of the right log. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { Trust } from '../core/genesis.ts';
import { type LedgerEntry, ledgerEntry } from '../core/ledger-entry.ts';
import type { CheckpointSeen } from '../core/manifest.ts';
import { decodeBase64, decodeHex, encodeHex } from '../formats/base64.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { encodeUtf8 } from '../formats/text.ts';
import type { OpenedCheckpoint } from '../tlog/checkpoint.ts';
import { parseVerifierKey } from '../tlog/note-key.ts';
import { verifyConsistency } from '../tlog/proof.ts';
import { verifyTlogProof } from '../tlog/tlog-proof.ts';
import type { Evidence } from './bundle.ts';

export interface ProvenEntry {
  readonly name: string;
  readonly index: number;
  readonly entry: LedgerEntry;
}

export interface ProvenLedger {
  readonly checkpoint: OpenedCheckpoint;
  readonly witnesses: readonly string[];
  readonly entries: readonly ProvenEntry[];
}

/**
 * Verifies every proof. Throws `evidence-invalid` where proofs are against different checkpoints
 * or fewer witnesses signed than the trust file asks for; `proof-invalid` and `signature-invalid`
 * from below.
 */
export async function verifyProofs(
  crypto: VerifierCrypto,
  bundle: Evidence,
  ledgerKey: string,
  witnesses: Trust['witnesses'],
): Promise<ProvenLedger> {
  const logKey = await parseVerifierKey(crypto, ledgerKey);
  const witnessKeys = await Promise.all(witnesses.keys.map((key) => parseVerifierKey(crypto, key)));
  const entries: ProvenEntry[] = [];
  let checkpoint: OpenedCheckpoint | undefined;
  for (const { name, entry, proof } of bundle.proofs) {
    const bytes = encodeUtf8(entry);
    const proven = await verifyTlogProof(crypto, proof, bytes, logKey, witnessKeys);
    if (checkpoint !== undefined && proven.checkpoint.note !== checkpoint.note) {
      fail('the proofs are against different checkpoints');
    }
    checkpoint = proven.checkpoint;
    const value = ledgerEntry(decodeCanonical(bytes, { what: `ledger entry ${name}` }), name);
    entries.push({ name, index: proven.index, entry: value });
  }
  if (checkpoint === undefined) fail('the evidence has no ledger proofs');
  const cosigned = [...new Set(checkpoint.cosignatures.map((one) => one.name))];
  if (cosigned.length < witnesses.quorum) {
    fail(
      `expected cosignatures of ${witnesses.quorum} witnesses on the checkpoint, found ${cosigned.length}`,
    );
  }
  return { checkpoint, witnesses: cosigned, entries };
}

/** The one entry of this name. Throws `evidence-invalid` where it is missing or of another kind. */
export function requireEntry(
  ledger: ProvenLedger,
  name: string,
  kind: LedgerEntry['kind'],
): ProvenEntry {
  const found = ledger.entries.filter((one) => one.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1 || only.entry.kind !== kind) {
    fail(
      `expected one proven ledger entry ${name} of kind ${kind}, found ${found.map((one) => one.entry.kind).join(', ') || 'none'}`,
    );
  }
  return only;
}

/** What an approver saw must be a prefix of this log: else history was rewritten since. */
export async function verifySeen(
  crypto: VerifierCrypto,
  bundle: Evidence,
  ledger: ProvenLedger,
  seen: CheckpointSeen,
): Promise<void> {
  if (seen.origin !== ledger.checkpoint.origin) fail(`an approver saw another log: ${seen.origin}`);
  const { size, root } = ledger.checkpoint;
  if (seen.size === size && seen.root === encodeHex(root)) return;
  const claim = bundle.consistency.find((one) => one.from === seen.size);
  if (claim === undefined) {
    fail(`no consistency proof from the checkpoint of size ${seen.size} that an approver saw`);
  }
  await verifyConsistency(crypto, {
    size1: seen.size,
    size2: size,
    root1: decodeHex(seen.root),
    root2: root,
    proof: claim.hashes.map((hash) => decodeBase64(hash)),
  });
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
