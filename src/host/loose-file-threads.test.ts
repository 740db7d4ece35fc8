import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeTar, makeZip } from '../../testdata/archives.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../core/inspection-limits.ts';
import { inspectLooseFiles } from './loose-file-threads.ts';
import { inspectLooseFile } from './loose-files.ts';

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
  const reports = [...(await inspectLooseFiles(tasks, { ...options, withinMs: 1 }))];
  expect(reports.map((one) => one.unread[0]?.reason)).toEqual([
    'inspection took longer than 0.001 seconds (limit: within)',
    'inspection took longer than 0.001 seconds (limit: within)',
  ]);
  const again = [...(await inspectLooseFiles(tasks, { ...options, withinMs: 60_000 }))];
  expect(again.map((one) => [one.path, one.verdict])).toEqual([
    ['large', 'pass'],
    ['small', 'pass'],
  ]);
  expect(begun).toEqual(['large', 'small', 'large', 'small']);
});

test('no files need no thread', async () => {
  const options = { threads: 3, withinMs: 1, heapMegabytes: 64, onFile: () => undefined };
  expect([...(await inspectLooseFiles([], options))]).toEqual([]);
});

test('files that are asked about together are told one by one, around one that takes too long', async () => {
  const large = taskOf('endless', '');
  truncateSync(large.path, 3 * 1024 ** 3);
  const small = Array.from({ length: 80 }, (_, at) => taskOf(`small-${at}`, `text ${at}`));
  const tasks = [...small.slice(0, 41), large, ...small.slice(41)];
  const done: string[] = [];
  const answered = await inspectLooseFiles(tasks, {
    threads: 2,
    withinMs: 1000,
    heapMegabytes: 256,
    onFile: () => undefined,
    onDone: (shown) => void done.push(shown),
  });
  expect(answered).toHaveLength(tasks.length);
  const reports = [...answered];
  expect(reports.map(({ path }) => path)).toEqual(tasks.map(({ shown }) => shown));
  expect(done.toSorted()).toEqual(tasks.map(({ shown }) => shown).toSorted());
  expect(reports[41]?.unread[0]?.reason).toContain('took longer than 1 seconds');
});

test('what is no regular file any more is unread, and is not waited for', async () => {
  const pipe = taskOf('pipe', '');
  rmSync(pipe.path);
  execFileSync('mkfifo', [pipe.path]);
  const options = { threads: 1, withinMs: 60_000, heapMegabytes: 64, onFile: () => undefined };
  const [report] = await inspectLooseFiles([pipe], options);
  expect(report?.unread).toEqual([{ path: 'pipe', reason: 'it is no regular file' }]);
});

test('what is too large for the share of one thread is looked at by one that is alone', async () => {
  const noise = Buffer.alloc(10 << 20, 'no zeroes, which a ratio would refuse ');
  const zip = makeZip([{ path: 'inner.js', content: noise, stored: true }]);
  const tar = await makeTar([{ path: 'a.zip', content: zip }]);
  const names = ['first', 'large.tar', 'third', 'fourth'];
  const tasks = names.map((name) => taskOf(name, name === 'large.tar' ? tar : name));
  const [, large] = tasks;
  if (large === undefined) throw new Error('no task');
  const ofShare = await inspectLooseFile(
    ...[large.path, large.shown, large.blockAt, large.limits, 'shared' as const],
  );
  expect(ofShare.unread[0]?.reason).toContain('(limit: nestedZipBytes)');

  const done: string[] = [];
  const options = { withinMs: 60_000, heapMegabytes: 256, onFile: () => undefined };
  const onDone = (shown: string) => void done.push(shown);
  const shared = await inspectLooseFiles(tasks, { ...options, threads: 3, onDone });
  const alone = await inspectLooseFiles(tasks, { ...options, threads: 1 });
  expect([...shared]).toEqual([...alone]);
  expect([...shared].flatMap((one) => one.unread)).toEqual([]);
  expect(done.toSorted()).toEqual(names.toSorted());
});
