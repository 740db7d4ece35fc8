import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collect, keep } from '../../test/contract/blobs.ts';
import { programPath } from '../../test/contract/child.ts';
import { hasProgram, requireTool } from '../../test/tools.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { createFileBlobs } from './file-blobs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-blobs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function incoming(): string[] {
  return readdirSync(join(folder, 'incoming'));
}

test('a blob lies under the first two digits of its digest, for its owner alone', async () => {
  const blobs = await createFileBlobs({ folder });
  const { sha256 } = await keep(blobs, encodeUtf8('bytes'));
  const path = join(folder, 'sha256', sha256.slice(0, 2), sha256.slice(2));
  expect(blobs.locate(sha256)).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('bytes');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(incoming()).toEqual([]);
});

test('nothing of a refused or discarded file stays', async () => {
  const blobs = await createFileBlobs({ folder });
  const discarded = await blobs.begin(10);
  await discarded.write(encodeUtf8('abc'));
  expect(incoming()).toHaveLength(1);
  await discarded.discard();
  const refused = await blobs.begin(10);
  await expect(refused.write(new Uint8Array(11))).rejects.toMatchObject({ code: 'limit-exceeded' });
  expect(incoming()).toEqual([]);
  expect(readdirSync(join(folder, 'sha256'))).toEqual([]);
});

test('a changed byte, a lost byte and one too many are found while reading', async () => {
  const blobs = await createFileBlobs({ folder });
  const { sha256 } = await keep(blobs, new Uint8Array(200_000));
  const damages = [
    new Uint8Array(200_000).fill(1, 199_999),
    new Uint8Array(199_999),
    new Uint8Array(200_001),
  ];
  for (const damaged of damages) {
    writeFileSync(blobs.locate(sha256), damaged);
    await expect(collect(blobs.read(sha256))).rejects.toMatchObject({ code: 'ledger-corrupt' });
  }
  // the same bytes once more mend it
  await keep(blobs, new Uint8Array(200_000));
  expect(await collect(blobs.read(sha256))).toHaveLength(200_000);
});

test('staged bytes that somebody changed are found before they are committed', async () => {
  const blobs = await createFileBlobs({ folder });
  const writer = await blobs.begin(100);
  await writer.write(encodeUtf8('honest'));
  await writer.finish();
  writeFileSync(join(folder, 'incoming', incoming()[0] ?? ''), 'forged');
  await expect(collect(writer.reread())).rejects.toMatchObject({ code: 'ledger-corrupt' });
  await writer.discard();
});

test('leftovers are swept on start after an hour, younger ones and other files are not', async () => {
  await createFileBlobs({ folder });
  const now = Date.UTC(2026, 0, 1, 12);
  const ages = { 'old.part': 3_601_000, 'young.part': 3_599_000, 'old.txt': 9_999_000 };
  for (const [name, ageMs] of Object.entries(ages)) {
    const path = join(folder, 'incoming', name);
    writeFileSync(path, 'x');
    utimesSync(path, new Date(now - ageMs), new Date(now - ageMs));
  }
  await createFileBlobs({ folder, clock: { now: () => new Date(now).toISOString() } });
  expect(incoming().toSorted()).toEqual(['old.txt', 'young.part']);
});

test('a writer whose staged file was swept away fails clearly', async () => {
  const blobs = await createFileBlobs({ folder });
  const writer = await blobs.begin(100);
  await writer.write(encodeUtf8('slow'));
  const { sha256 } = await writer.finish();
  rmSync(join(folder, 'incoming', incoming()[0] ?? ''));
  await expect(writer.commit()).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('the file is gone'),
  });
  expect(await blobs.has(sha256)).toBe(false);
});

test('something in the way of the folder gets a clear error', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(createFileBlobs({ folder: file })).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining(file),
  });
});

test.skipIf(!requireTool('prlimit', hasProgram('prlimit', '--version')))(
  'a file that the system cuts off is discarded, with the reason',
  () => {
    // a process whose files may have four bytes: what a full disk does, without filling one
    const run = [
      '--fsize=4',
      process.execPath,
      programPath('keep-blob.ts'),
      folder,
      'five5',
      'exit',
    ];
    expect(() => execFileSync('prlimit', run, { stdio: 'pipe', encoding: 'utf8' })).toThrow(
      /the file system holds no file that large/,
    );
    expect(incoming()).toEqual([]);
  },
);

test.skipIf(!requireTool('strace', hasProgram('strace', '--version')))(
  'the bytes are flushed before the rename, and the folders after it',
  () => {
    const trace = join(folder, 'trace');
    const node = [process.execPath, programPath('keep-blob.ts'), folder, 'traced', 'exit'];
    execFileSync('strace', [
      '-f',
      '-y',
      '-e',
      'trace=fsync,rename,renameat,renameat2',
      '-o',
      trace,
      ...node,
    ]);
    const steps = readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => line.includes(folder))
      .map((line) => {
        if (line.includes('rename')) return 'rename';
        return line.includes('.part') ? 'file' : /sha256\/\w\w>/.test(line) ? 'shard' : 'folder';
      });
    expect(steps.slice(-4)).toEqual(['file', 'rename', 'shard', 'folder']);
  },
);
