import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { hasProgram, requireTool } from '../tools.ts';
import { programPath, startChild } from './child.ts';
import { append } from './store-rows.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-durability-'));
  file = join(folder, 'countersign.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function ledgerIndexes(): Promise<readonly number[]> {
  const store = await openSqliteStore({ file });
  try {
    const rows = await store.read((tx) => tx.ledgerEntries(0, 1_000_000));
    return rows.map(({ index }) => index);
  } finally {
    await store.close();
  }
}

test.skipIf(!requireTool('strace', hasProgram('strace', '--version')))(
  'every commit is flushed to the disk: 50 transactions make 50 fsyncs at least',
  async () => {
    const trace = join(folder, 'trace');
    const flushesOf = (transactions: number): number => {
      const node = [process.execPath, programPath('append.ts'), file, String(transactions)];
      execFileSync('strace', ['-f', '-e', 'trace=fsync,fdatasync', '-o', trace, ...node]);
      const lines = readFileSync(trace, 'utf8').split('\n');
      return lines.filter((line) => /f(data)?sync.*= 0$/.test(line)).length;
    };
    // made beforehand, so that both runs open it alike and the rest is the commits
    await ledgerIndexes();
    const opening = flushesOf(1);
    expect(flushesOf(51) - opening).toBeGreaterThanOrEqual(50);
    expect(await ledgerIndexes()).toHaveLength(52);
  },
);

test('what was acknowledged survives a kill at any moment, and the ledger stays dense', async () => {
  const acknowledged: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const child = startChild('append.ts', file);
    await child.until(() => true);
    await delay(Math.random() * 120);
    await child.kill();
    acknowledged.push(...child.lines.map(Number));
  }
  const kept = await ledgerIndexes();
  expect(kept).toEqual(kept.map((_, index) => index));
  expect(acknowledged.length).toBeGreaterThan(6);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  const there = new Set(kept);
  expect(acknowledged.filter((index) => !there.has(index))).toEqual([]);
});

test('four processes that write at once all get through, none finds the database locked', async () => {
  const children = Array.from({ length: 4 }, () => startChild('append.ts', file, '50'));
  const codes = await Promise.all(children.map((child) => child.ended()));
  expect(codes).toEqual([0, 0, 0, 0]);
  const indexes = children.flatMap((child) => child.lines.map(Number));
  const dense = Array.from({ length: 200 }, (_, index) => index);
  expect(indexes.toSorted((a, b) => a - b)).toEqual(dense);
  expect(await ledgerIndexes()).toEqual(dense);
});

test('a writer that holds the database is waited for, and then given up with a clear error', async () => {
  const holder = await openSqliteStore({ file });
  const other = await openSqliteStore({ file, busyTimeoutMs: 200 });
  try {
    await holder.transact(async (tx) => {
      await append(tx);
      await expect(other.transact((late) => append(late))).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('another process has been writing'),
      });
    });
    expect(await other.transact((tx) => append(tx))).toBe(1);
  } finally {
    await holder.close();
    await other.close();
  }
});
