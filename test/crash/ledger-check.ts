/** What must hold after any crash: the ledger is whole, and the evidence convinces a stranger. */
import { expect } from 'vitest';
import type { ReleaseId } from '../../src/core/names.ts';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { auditLog } from '../../src/tlog/audit.ts';
import { parseVerifierKey } from '../../src/tlog/note-key.ts';
import { person } from '../gate-fixture.ts';
import type { GateProcess } from '../servers/gate-process.ts';

/** Recomputes the whole ledger from the database, beside the running processes. */
export async function expectSoundLedger(gate: GateProcess): Promise<void> {
  const logKey = await parseVerifierKey(nodeCrypto, gate.trust.ledger);
  const store = await openSqliteStore({ file: gate.databaseFile });
  try {
    const [entries, checkpoints] = await store.read(async (tx) => [
      await tx.ledgerEntries(0, 100_000),
      await tx.checkpoints(0, 100_000),
    ]);
    const report = await auditLog(nodeCrypto, {
      logKey,
      entries: (async function* () {
        for (const one of entries) yield one.bytes;
      })(),
      checkpoints: checkpoints.map((one) => one.note),
      readNode: (level, index) => store.read((tx) => tx.ledgerNode(level, index)),
    });
    expect(report.problems).toEqual([]);
    expect(report.size).toBe(entries.length);
    expect(report.provenSize).toBeGreaterThan(0);
  } finally {
    await store.close();
  }
}

/** The evidence of a published release verifies against the trust file. */
export async function expectProven(gate: GateProcess, release: ReleaseId): Promise<void> {
  const evidence = await gate.gateway.evidence(person('bob'), release);
  const verification = await verifyEvidence(nodeCrypto, parseEvidence(evidence), {
    trust: gate.trust,
    now: new Date().toISOString(),
  });
  expect(verification).toMatchObject({ level: 'verified', quorum: { met: true } });
  expect(verification.used).not.toBeNull();
}
