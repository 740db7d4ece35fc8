import { expect, test } from 'vitest';
import { createFilledLog, flipBit, type MemoryLog } from '../../test/tlog-fixture.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { type AuditedLog, auditLog, PROBLEMS_MAX } from './audit.ts';
import { treeHead } from './tree.ts';

const SIZE = 20;

async function* stream(entries: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* entries;
}

async function checkpointsOf(log: MemoryLog, sizes: readonly number[]): Promise<string[]> {
  const texts: string[] = [];
  for (const size of sizes) texts.push(await log.checkpoint(size));
  return texts;
}

function audited(log: MemoryLog, checkpoints: string[], other: Partial<AuditedLog> = {}) {
  return auditLog(nodeCrypto, {
    logKey: log.signer.key,
    entries: stream(log.entries),
    checkpoints,
    readNode: log.readNode,
    ...other,
  });
}

test('a sound log has no problems, and the tail after the last checkpoint is told', async () => {
  const log = await createFilledLog(SIZE);
  const report = await audited(log, await checkpointsOf(log, [0, 1, 1, 5, 18]));
  expect(report).toEqual({
    size: SIZE,
    root: await treeHead(nodeCrypto, log.leafHashes),
    checkpoints: 5,
    provenSize: 18,
    problems: [],
    problemsOmitted: 0,
  });
});

test('a log without checkpoints proves nothing', async () => {
  const log = await createFilledLog(3);
  expect(await audited(log, [])).toMatchObject({ size: 3, checkpoints: 0, provenSize: 0 });
});

test('a changed entry differs from every checkpoint from there on, and from the nodes', async () => {
  const log = await createFilledLog(SIZE);
  const entries = log.entries.map((entry, at) => (at === 6 ? flipBit(entry, 3) : entry));
  const report = await audited(log, await checkpointsOf(log, [6, 7, 8, 20]), {
    entries: stream(entries),
  });
  expect(report.provenSize).toBe(6);
  expect(report.problems).toEqual([
    { kind: 'node-differs', entry: 6, level: 0, index: 6 },
    { kind: 'root-differs', checkpoint: 1, size: 7 },
    { kind: 'node-differs', entry: 7, level: 1, index: 3 },
    { kind: 'node-differs', entry: 7, level: 2, index: 1 },
    { kind: 'node-differs', entry: 7, level: 3, index: 0 },
    { kind: 'root-differs', checkpoint: 2, size: 8 },
    { kind: 'node-differs', entry: 15, level: 4, index: 0 },
    { kind: 'root-differs', checkpoint: 3, size: 20 },
  ]);
});

test('lost entries, a rewritten history and a size that goes back are told apart', async () => {
  const log = await createFilledLog(SIZE);
  const [c10 = '', c15 = '', c12 = '', c20 = ''] = await checkpointsOf(log, [10, 15, 12, 20]);
  const report = await audited(log, [c10, c15, c12, c20], {
    entries: stream(log.entries.slice(0, 16)),
  });
  expect(report.problems).toEqual([
    { kind: 'size-went-back', checkpoint: 2, size: 12, earlierSize: 15 },
    { kind: 'entries-missing', checkpoint: 3, size: 20, found: 16 },
  ]);
  expect(report.provenSize).toBe(15);
});

test('bad signatures and unreadable checkpoints are listed, the rest is still checked', async () => {
  const log = await createFilledLog(4);
  const other = await createFilledLog(4);
  const [good = ''] = await checkpointsOf(log, [4]);
  const forged = good.replace('\n4\n', '\n3\n');
  const report = await audited(log, ['', forged, await other.checkpoint(), good]);
  expect(report.problems).toEqual([
    { kind: 'checkpoint-unreadable', checkpoint: 0, message: expect.stringContaining('blank') },
    { kind: 'signature-invalid', checkpoint: 1, message: expect.any(String) },
    { kind: 'signature-invalid', checkpoint: 2, message: expect.any(String) },
  ]);
  expect(report.provenSize).toBe(4);
});

test('a missing node and an entry above the format are problems of their entries', async () => {
  const log = await createFilledLog(2);
  await log.append(new Uint8Array(65_536));
  log.nodes.delete('1/0');
  const report = await audited(log, []);
  expect(report.problems).toEqual([
    { kind: 'node-differs', entry: 1, level: 1, index: 0 },
    { kind: 'entry-too-large', entry: 2, sizeBytes: 65_536 },
  ]);
});

test('a flood of problems is counted and not kept', async () => {
  const log = await createFilledLog(1);
  const report = await audited(log, Array<string>(PROBLEMS_MAX + 5).fill('junk'));
  expect(report.problems).toHaveLength(PROBLEMS_MAX);
  expect(report.problemsOmitted).toBe(5);
});

test('entries that cannot be read fail the audit, and its source is closed', async () => {
  const log = await createFilledLog(3);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield* log.entries;
    throw new Error('disk');
  }
  await expect(audited(log, [], { entries: broken() })).rejects.toThrow('disk');

  let closed = false;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* log.entries;
    } finally {
      closed = true;
    }
  }
  const checkpoints = (async function* () {
    yield await log.checkpoint(1);
    throw new Error('disk');
  })();
  await expect(audited(log, [], { entries: watched(), checkpoints })).rejects.toThrow('disk');
  expect(closed).toBe(true);
});
