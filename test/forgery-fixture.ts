/** Evidence bundles as forgers would make them. */

import { isCountersignError } from '../src/core/errors.ts';
import type { Trust } from '../src/core/genesis.ts';
import type { LedgerEntry } from '../src/core/ledger-entry.ts';
import { approval as approvalReader } from '../src/core/manifest.ts';
import type { PersonId, Sha256 } from '../src/core/names.ts';
import { encodeApproval } from '../src/evidence/approval-statement.ts';
import type { Evidence } from '../src/evidence/bundle.ts';
import type { SignedStatement } from '../src/evidence/signed-statement.ts';
import { verifyEvidence } from '../src/evidence/verify.ts';
import { encodeBase64 } from '../src/formats/base64.ts';
import { encodeCanonical } from '../src/formats/canonical.ts';
import { decodeStatement } from '../src/formats/in-toto.ts';
import { decodeUtf8 } from '../src/formats/text.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { consistencyProof } from '../src/tlog/tree.ts';
import { digestOf, type EvidenceFixture, type Founder } from './evidence-fixture.ts';

export const NOW = '2026-03-01T13:00:00.000Z';
export const OTHER = 'c'.repeat(64) as Sha256;

/** Code and message of the refusal; fails where there is none. */
export async function refusalOfEvidence(bundle: Evidence, trust: Trust | null, now = NOW) {
  try {
    await verifyEvidence(nodeCrypto, bundle, { trust, now });
  } catch (error) {
    if (isCountersignError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('the evidence verifies');
}

/** Another text, edited as JSON and printed canonically again. */
export function edited(text: string, edit: (value: Record<string, never>) => void): string {
  const value = JSON.parse(text);
  edit(value);
  return decodeUtf8(encodeCanonical(value));
}

/** The bundle proven anew against the whole log; `places` says where each name stands. */
export async function reprove(
  of: EvidenceFixture,
  approvals: readonly SignedStatement[],
  places: Readonly<Record<string, number>>,
): Promise<Evidence> {
  const sizes = new Set(
    approvals.map((one) => {
      const { predicate } = decodeStatement(one.envelope.payload);
      return approvalReader(predicate, 'approval').checkpointSeen.size;
    }),
  );
  const proofs = Object.entries(places).map(async ([name, index]) => ({
    name,
    entry: decodeUtf8(of.log.entries[index] ?? new Uint8Array()),
    proof: await of.log.proof(index),
  }));
  const size = of.log.entries.length;
  const consistency = [...sizes].map(async (from) => ({
    from,
    hashes: (await consistencyProof(nodeCrypto, from, size, of.log.readNode)).map(encodeBase64),
  }));
  return {
    ...of.bundle,
    approvals,
    proofs: await Promise.all(proofs),
    consistency: await Promise.all(consistency),
  };
}

export function record(
  of: EvidenceFixture,
  entry: Pick<LedgerEntry, 'kind' | 'digests'>,
): Promise<void> {
  const { release } = of.manifest;
  return of.log.append(
    encodeCanonical({ schema: 'countersign/entry/v1', ids: {}, at: NOW, release, ...entry }),
  );
}

/** One more approval, signed and recorded last. */
export async function approveLate(of: EvidenceFixture, person: Founder): Promise<SignedStatement> {
  const [first] = of.bundle.approvals;
  if (first === undefined) throw new Error('no approval to copy');
  const { predicate } = decodeStatement(first.envelope.payload);
  const approval = { ...approvalReader(predicate, 'approval'), person: person as PersonId };
  const payload = encodeApproval(of.manifest, of.manifestDigest, approval);
  await record(of, { kind: 'approval-recorded', digests: { approval: digestOf(payload) } });
  return of.keys[person].sign('approval', payload);
}
