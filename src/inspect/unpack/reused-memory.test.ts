import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { makeTar, makeTarGz, makeZip } from '../../../testdata/archives.ts';
import { readContainer } from '../../formats/container.ts';
import { bytesAsRandomAccess } from '../../formats/random-access.ts';
import { ZSTD_IS_CHECKED } from '../../formats/zlib-stream.ts';
import { unpack } from './unpack.ts';
import { DEFAULT_UNPACK_LIMITS } from './unpack-limits.ts';

const MIB = 1024 * 1024;
const LIMITS = { ...DEFAULT_UNPACK_LIMITS, ratio: 1e6 };

/** No two places alike; half as large when packed, as files are. */
const source = createHash('shake256', { outputLength: 4 * MIB })
  .update('x')
  .digest('base64');
const text = Buffer.from(source, 'latin1');

/** Sizes about those of the pieces and windows that are read. */
const SIZES = [0, 1, 511, 513, 65_535, 65_537, 131_071, 131_073, 262_144, 700_001, 3 * MIB];

function files(prefix: string) {
  return SIZES.flatMap((size, at) => [
    { path: `${prefix}${at}a`, content: text.subarray(at, at + size) },
    { path: `${prefix}${at}b`, content: text.subarray(7 * at, 7 * at + 1000 + at) },
  ]);
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The digest of each file, of the bytes that rules see. */
async function read(bytes: Uint8Array): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const windows = new Map<string, ReturnType<typeof createHash>>();
  const parts = unpack(
    readContainer(bytesAsRandomAccess(bytes), { limits: LIMITS, name: 'content' }),
    LIMITS,
  );
  for await (const part of parts) {
    if (part.kind === 'unread') throw new Error(`${part.path}: ${part.reason}`);
    if (part.kind === 'window') {
      const path = `${part.outer}${part.path}`;
      const hash = windows.get(path) ?? createHash('sha256');
      windows.set(path, hash);
      hash.update(part.content.subarray(0, part.content.length - part.overlap));
    }
    if (part.kind !== 'entry' || part.entry.kind !== 'file') continue;
    const path = `${part.outer}${part.entry.path}`;
    const seen = windows.get(path)?.digest('hex') ?? digestOf(part.entry.content);
    found.set(path, seen);
  }
  return found;
}

const tar = await makeTar(files('t'));
const zip = makeZip(files('z'));
const large = Buffer.concat([text, text, text, text]);

it.each([
  ['a tarball', () => makeTarGz(files('t')), 't'],
  ['a zip file', async () => zip, 'z'],
  ['a tarball in a tarball', () => makeTarGz([{ path: 'in', content: gzipSync(tar) }]), 'in!t'],
  ['a zip file in a tarball', () => makeTarGz([{ path: 'in', content: zip }]), 'in!z'],
  ['a tarball in a zip file', async () => makeZip([{ path: 'in', content: tar }]), 'in!t'],
  [
    'a zip file in a tarball in a zip file',
    async () => makeZip([{ path: 'a', content: await makeTarGz([{ path: 'in', content: zip }]) }]),
    'a!in!z',
  ],
])('%s comes out as it was packed', async (_, make, prefix) => {
  const found = await read(await make());
  for (const { path, content } of files(prefix)) expect(found.get(path)).toBe(digestOf(content));
});

const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const LARGE: readonly (readonly [string, () => Promise<Uint8Array>, string])[] = [
  ['a tarball', () => makeTarGz([{ path: 'large', content: large }]), 'large'],
  [
    'a zip file of more than a window in a zip file',
    async () => makeZip([{ path: 'in', content: makeZip([{ path: 'large', content: large }]) }]),
    'in!large',
  ],
  [
    'a tarball of more than a window in a tarball',
    async () =>
      makeTarGz([{ path: 'in', content: await makeTarGz([{ path: 'large', content: large }]) }]),
    'in!large',
  ],
  ['a zip file', async () => makeZip([{ path: 'large', content: large }]), 'large'],
  ['a single file', async () => gzipSync(large), 'content'],
  [
    'a single file in a tarball',
    () => makeTarGz([{ path: 'a.gz', content: gzipSync(large) }]),
    'a.gz!a',
  ],
  [
    'a file of brotli in a tarball',
    () => makeTarGz([{ path: 'a.br', content: brotliCompressSync(large, FAST) }]),
    'a.br!a',
  ],
  [
    'a file of zstd in a tarball',
    () => makeTarGz([{ path: 'a.zst', content: zstdCompressSync(large) }]),
    'a.zst!a',
  ],
];

// where the runtime does not notice a cut, zstd is refused
it.each(LARGE.filter(([, , path]) => ZSTD_IS_CHECKED || !path.includes('.zst')))(
  'a file of many windows in %s comes out as it was packed',
  async (_, make, path) => {
    expect((await read(await make())).get(path)).toBe(digestOf(large));
  },
);
