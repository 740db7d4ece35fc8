/** Small archives cut at each byte: none of the pieces may read as whole. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isSha256 } from '../../src/core/names.ts';
import { readContainer } from '../../src/formats/container.ts';
import { detectContainer } from '../../src/formats/container-format.ts';
import { bytesAsRandomAccess } from '../../src/formats/random-access.ts';
import { inspectFile } from '../../src/inspect/engine.ts';
import { DEFAULT_UNPACK_LIMITS } from '../../src/inspect/unpack/unpack-limits.ts';
import { makeTar, makeTarGz, makeZip } from '../../testdata/archives.ts';

const MEMBERS = [
  { path: 'package/package.json', content: '{"name":"a","version":"1.0.0"}' },
  { path: 'package/a.js', content: 'export {};\n' },
];

async function inspect(bytes: Buffer) {
  const sha256 = 'a'.repeat(64);
  if (!isSha256(sha256)) throw new Error('a digest is 64 digits');
  const options = { limits: DEFAULT_UNPACK_LIMITS, name: 'content' };
  const entries = readContainer(bytesAsRandomAccess(bytes), options);
  return inspectFile(
    { file: 'a', form: 'archive', sha256, sizeBytes: bytes.length, entries },
    'plausible',
  );
}

test.each<[string, () => Promise<Buffer>]>([
  ['tar.gz', () => makeTarGz(MEMBERS)],
  ['zip', async () => makeZip(MEMBERS)],
  ['tar', () => makeTar(MEMBERS)],
  ['gzip', async () => gzipSync('hello\n')],
])('a %s torn at any byte is unread or reported', { timeout: 120_000 }, async (_, make) => {
  const whole = await make();
  expect((await inspect(whole)).verdict).toBe('pass');
  for (let length = 0; length < whole.length; length += 1) {
    const torn = whole.subarray(0, length);
    // what has lost its beginning is a plain file, and no container that is read
    if (detectContainer(torn) === undefined && length > 16) continue;
    const { verdict } = await inspect(torn);
    // of the two blocks of zeroes that end a tar, all readers can do with one
    const isEnd = whole.subarray(length).every((byte) => byte === 0);
    if (isEnd && whole.length - length <= 512) continue;
    expect({ length, verdict }).not.toEqual({ length, verdict: 'pass' });
  }
});
