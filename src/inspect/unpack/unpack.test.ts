import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeTar, makeTarGz, makeZip } from '../../../testdata/archives.ts';
import { readContainer } from '../../formats/container.ts';
import { bytesAsRandomAccess } from '../../formats/random-access.ts';
import { ZSTD_IS_CHECKED } from '../../formats/zlib-stream.ts';
import { createInspector } from '../engine.ts';
import { RULES } from '../rule-set.ts';
import { crc32Base62 } from '../secret-format/token-checksum.ts';
import { type UnpackedPart, unpack } from './unpack.ts';
import { DEFAULT_UNPACK_LIMITS, type UnpackLimits } from './unpack-limits.ts';

async function parts(
  bytes: Uint8Array,
  changes: Partial<UnpackLimits> = {},
): Promise<UnpackedPart[]> {
  const limits = { ...DEFAULT_UNPACK_LIMITS, ...changes };
  const source = readContainer(bytesAsRandomAccess(bytes), { limits, name: 'content' });
  const all: UnpackedPart[] = [];
  for await (const part of unpack(source, limits)) {
    // the bytes are good until the next part comes
    if (part.kind === 'window') all.push({ ...part, content: part.content.slice() });
    else if (part.kind === 'odd' && part.oddity.code === 'remark') continue;
    else if (part.kind !== 'entry') all.push(part);
    else all.push({ ...part, entry: { ...part.entry, content: part.entry.content.slice() } });
  }
  return all;
}

/** Paths of files, odd things by code but what packers write into headers, and what was not read. */
async function told(bytes: Uint8Array, changes: Partial<UnpackLimits> = {}): Promise<string[]> {
  return (await parts(bytes, changes)).map((part) => {
    if (part.kind === 'entry') return `${part.outer}${part.entry.path}`;
    if (part.kind === 'odd') return `${part.oddity.code} ${part.outer}${part.oddity.path ?? ''}`;
    if (part.kind === 'window') return `window ${part.offset} ${part.content.length}`;
    return `unread ${part.path}: ${part.reason}`;
  });
}

const plain = [{ path: 'src/a.js', content: 'export {};' }];

describe('what lies in containers', () => {
  it('is found at every depth, whatever the files are called', async () => {
    const inner = makeZip([{ path: 'deep.txt', content: 'x' }]);
    const tar = await makeTar([{ path: 'photo.png', content: inner }]);
    const bytes = await makeTarGz([
      {
        path: 'package/data.bin',
        content: ZSTD_IS_CHECKED ? zstdCompressSync(tar) : gzipSync(tar),
      },
      { path: 'package/.env.gz', content: gzipSync('A=b') },
    ]);
    expect(await told(bytes)).toEqual([
      'package/data.bin!photo.png!deep.txt',
      'nested package/data.bin!photo.png',
      'package/data.bin!photo.png',
      'nested package/data.bin',
      'package/data.bin',
      'package/.env.gz!.env',
      'nested package/.env.gz',
      'package/.env.gz',
    ]);
  });

  it('that are torn is unread, and the files behind them are read', async () => {
    const torn = (await makeTarGz(plain)).subarray(0, 60);
    const bytes = await makeTarGz([
      { path: 'a.tgz', content: torn },
      { path: 'b.zip', content: makeZip([{ path: 'x', content: 'x', crc: 1 }]) },
      { path: 'c.js', content: 'x' },
    ]);
    const all = await told(bytes);
    expect(all).toContainEqual(expect.stringMatching(/^unread a\.tgz: its files cannot be read/));
    expect(all).toContainEqual(
      expect.stringMatching(/^unread b\.zip!x: it cannot be read: .*CRC-32/),
    );
    expect(all.at(-1)).toBe('c.js');
  });

  it('behind a picture is found from its end', async () => {
    const picture = makeZip([{ path: 'x', content: 'x' }], { leading: '' });
    const bytes = await makeTarGz([
      { path: 'logo.png', content: Buffer.concat([Buffer.from('\x89PNG....', 'latin1'), picture]) },
    ]);
    const all = await told(bytes);
    expect(all).toContain('trailing-data logo.png!');
    expect(all).toContain('logo.png!x');
  });
});

describe('limits', () => {
  it('depth: deeper containers are unread, by the name of the limit', async () => {
    let bytes: Uint8Array = Buffer.from('bottom');
    for (let depth = 0; depth < 40; depth += 1) bytes = gzipSync(bytes);
    const all = await told(bytes);
    expect(all.filter((one) => one.startsWith('unread'))).toEqual([
      expect.stringContaining('(limit: depth)'),
    ]);
  });

  it('entries and bytes count over all depths, and end everything', async () => {
    const inner = await makeTarGz(
      Array.from({ length: 30 }, (_, at) => ({ path: `${at}`, content: 'x' })),
    );
    const bytes = await makeTarGz(
      Array.from({ length: 30 }, (_, at) => ({ path: `${at}`, content: inner })),
    );
    await expect(told(bytes, { entries: 100 })).rejects.toThrow('(limit: entries)');
    await expect(told(bytes, { unpackedBytes: 5000 })).rejects.toThrow('(limit: unpackedBytes)');
  });

  it('ratio: a bomb inside is unread after little of it', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    const start = process.memoryUsage().rss;
    const all = await told(await makeTarGz([{ path: 'a.gz', content: bomb }, ...plain]));
    expect(all).toContainEqual(expect.stringContaining('(limit: ratio)'));
    expect(all.at(-1)).toBe('src/a.js');
    expect(process.memoryUsage().rss - start).toBeLessThan(400 * 1024 * 1024);
  });

  it('a tar of a million entries ends at the limit', async () => {
    const header = (await makeTar([{ path: 'a', content: '' }])).subarray(0, 512);
    const bytes = gzipSync(Buffer.concat(Array.from({ length: 1_000_000 }, () => header)), {
      level: 1,
    });
    const odd = await told(bytes, { entries: 5000, ratio: 1e6 }).catch((error: unknown) => error);
    expect(String(odd)).toContain('(limit: entries)');
  });
});

describe('a file larger than a window', () => {
  const noise = createHash('shake256', { outputLength: 400_000 }).update('x').digest();
  const small = { windowBytes: 128 * 1024, overlapBytes: 64 * 1024 };

  it('comes in windows that overlap, and as an entry with its size and digest', async () => {
    const all = await parts(await makeTarGz([{ path: 'big', content: noise }]), small);
    const windows = all.filter((one) => one.kind === 'window');
    expect(windows.length).toBeGreaterThan(3);
    for (const { content, offset } of windows) {
      expect(content.length).toBeLessThanOrEqual(128 * 1024 + 64 * 1024);
      expect(Buffer.compare(content, noise.subarray(offset, offset + content.length))).toBe(0);
    }
    for (const [at, { offset }] of windows.slice(1).entries()) {
      const before = windows[at];
      const overlap = (before?.offset ?? 0) + (before?.content.length ?? 0) - offset;
      // up to the next group of a run of base64
      expect(overlap).toBeLessThanOrEqual(64 * 1024);
      expect(overlap).toBeGreaterThan(64 * 1024 - 4);
    }
    const digest = createHash('sha256').update(noise).digest('hex');
    expect(all.at(-1)).toMatchObject({
      kind: 'entry',
      entry: { sizeBytes: 400_000, sha256: digest },
    });
  });

  it.each([
    ['is read to its end', (packed: Buffer) => packed],
    [
      'has bytes behind it that its reader leaves',
      (packed: Buffer) => Buffer.concat([packed, noise]),
    ],
    ['is one that cannot be read', (packed: Buffer) => packed.fill(0xff, 200_000)],
  ])('has its own size and digest where it is a container that %s', async (_, made) => {
    const inner = await makeTarGz([{ path: 'big', content: noise }]);
    const held = made(Buffer.from(inner));
    const all = await parts(await makeTarGz([{ path: 'inner.tgz', content: held }]), small);
    const digest = createHash('sha256').update(held).digest('hex');
    expect(all.at(-1)).toMatchObject({
      kind: 'entry',
      entry: { path: 'inner.tgz', sizeBytes: held.length, sha256: digest },
    });
  });

  it('gives up its secrets wherever they lie, each once and in its place', async () => {
    const body = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD';
    const secret = `npm_${body}${crc32Base62(body)}`;
    const line = `${'x'.repeat(79)}\n`;
    // 24 MiB, with a token on every seam that windows of 8 MiB may have, and around it
    const lines = Array.from({ length: 24 * 13_107 }, () => line);
    const rows = [100, 104_020, 104_448, 104_857, 104_900, 208_000, 209_300, 314_000];
    for (const row of rows) lines[row] = `  ${secret}\n`;
    const content = Buffer.from(lines.join(''));
    const rules = RULES.filter((rule) => rule.id === 'npm-token');
    async function* entries() {
      yield {
        path: 'big',
        kind: 'file',
        mode: 0o644,
        sizeBytes: null,
        body: pieces(content),
      } as const;
    }
    const report = await createInspector(rules, 'test').inspectFile(
      {
        file: 'big',
        sha256: 'a'.repeat(64) as never,
        sizeBytes: 1,
        form: 'plain',
        entries: entries(),
      },
      'plausible',
    );
    expect(report.findings.map((one) => [one.line, one.column])).toEqual(
      rows.map((row) => [row + 1, 3]),
    );
  });
});

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
