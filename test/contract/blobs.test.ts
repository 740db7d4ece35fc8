import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFileBlobs } from '../../src/blobs/file-blobs.ts';
import { isSha256 } from '../../src/core/names.ts';
import { blobsContract, collect } from './blobs.ts';
import { startChild } from './child.ts';

blobsContract('the file system', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-blobs-'));
  return {
    open: () => createFileBlobs({ folder }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

test.each([
  ['between finish and commit', 'finish', false],
  ['after commit', 'commit', true],
])('a process killed %s: readable is %s %s', async (_, until, readable) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-blobs-'));
  try {
    const child = startChild('keep-blob.ts', folder, 'the bytes', until);
    const sha256 = await child.until(isSha256);
    if (!isSha256(sha256)) throw new Error('no digest');
    if (readable) await child.until((line) => line === 'committed');
    await child.kill();
    const blobs = await createFileBlobs({ folder });
    expect(await blobs.has(sha256)).toBe(readable);
    const reading = collect(blobs.read(sha256)).then((bytes) => Buffer.from(bytes).toString());
    if (readable) expect(await reading).toBe('the bytes');
    else await expect(reading).rejects.toMatchObject({ code: 'not-found' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
