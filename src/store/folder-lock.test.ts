import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FolderLock, lockFolder } from './folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sleep = (ms: number) => delay(ms);
const running = new AbortController().signal;

test('the second waits, is told so once, and gets the folder when the first lets go', async () => {
  const first = await lockFolder(folder, { signal: running, sleep, onBusy: () => undefined });
  let busy = 0;
  let second: FolderLock | undefined;
  const waiting = lockFolder(folder, { signal: running, sleep, onBusy: () => (busy += 1) }).then(
    (lock) => {
      second = lock;
    },
  );
  await delay(350);
  expect(second).toBeUndefined();
  expect(busy).toBe(1);
  first?.release();
  await waiting;
  expect(second).toBeDefined();
  second?.release();
});

test('who is asked to end while waiting gets nothing', async () => {
  const first = await lockFolder(folder, { signal: running, sleep, onBusy: () => undefined });
  const signal = AbortSignal.timeout(150);
  expect(await lockFolder(folder, { signal, sleep, onBusy: () => undefined })).toBeUndefined();
  first?.release();
});

test('a folder that is not there cannot be locked', async () => {
  const options = { signal: running, sleep, onBusy: () => undefined };
  await expect(lockFolder(join(folder, 'none'), options)).rejects.toMatchObject({
    code: 'store-unavailable',
  });
});

test('a process that is killed holds nothing any more', async () => {
  const module = fileURLToPath(new URL('folder-lock.ts', import.meta.url));
  const script = `
    const { lockFolder } = await import(${JSON.stringify(module)});
    await lockFolder(${JSON.stringify(folder)}, { signal: new AbortController().signal });
    console.log('locked');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  let busy = false;
  const waiting = lockFolder(folder, {
    signal: running,
    sleep,
    onBusy: () => {
      busy = true;
      child.kill('SIGKILL');
    },
  });
  (await waiting)?.release();
  expect(busy).toBe(true);
});
