import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS } from '../core/inspection-limits.ts';
import { inspectLooseFiles } from './loose-file-threads.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-loose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const taskOf = (name: string, content: Uint8Array | string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const limits = DEFAULT_INSPECTION_LIMITS;
  return { path, shown: name, blockAt: 'plausible' as const, limits };
};

test('a file that takes too long is unread, and the next one gets a thread of its own', async () => {
  const tasks = [taskOf('large', new Uint8Array(64 << 20)), taskOf('small', 'x')];
  const begun: string[] = [];
  const options = {
    threads: 1,
    heapMegabytes: 256,
    onFile: (shown: string) => void begun.push(shown),
  };
  const reports = await inspectLooseFiles(tasks, { ...options, withinMs: 1 });
  expect(reports.map((one) => one.unread[0]?.reason)).toEqual([
    'inspection took longer than 0.001 seconds (limit: within)',
    'inspection took longer than 0.001 seconds (limit: within)',
  ]);
  const again = await inspectLooseFiles(tasks, { ...options, withinMs: 60_000 });
  expect(again.map((one) => [one.path, one.verdict])).toEqual([
    ['large', 'pass'],
    ['small', 'pass'],
  ]);
  expect(begun).toEqual(['large', 'small', 'large', 'small']);
});

test('no files need no thread', async () => {
  const options = { threads: 3, withinMs: 1, heapMegabytes: 64, onFile: () => undefined };
  expect(await inspectLooseFiles([], options)).toEqual([]);
});
