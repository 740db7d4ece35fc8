import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasProgram, requireTool } from '../../test/tools.ts';
import { isCountersignError } from '../core/errors.ts';
import { type ArchiveLimits, DEFAULT_ARCHIVE_LIMITS } from './archive-entry.ts';
import { type ArchiveOddity, refuseOddity } from './archive-oddity.ts';
import { collectBytes } from './byte-cursor.ts';
import { bunzip2 } from './bzip2.ts';
import { unxz } from './xz.ts';
import { unzstd, ZSTD_IS_CHECKED } from './zlib-stream.ts';

const READERS = { bzip2: bunzip2, xz: unxz, zstd: unzstd } as const;
type Name = keyof typeof READERS;

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function read(
  name: Name,
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
  pieces = 1000,
): Promise<Uint8Array> {
  const all = { ...DEFAULT_ARCHIVE_LIMITS, ...limits };
  return collectBytes(READERS[name](inPieces(bytes, pieces), all, refuseOddity));
}

function pack(program: Name, args: readonly string[], content: Uint8Array): Buffer {
  return execFileSync(program, args, { input: content, maxBuffer: 2 ** 30 });
}

const noise = createHash('shake256', { outputLength: 400_000 }).update('noise').digest();
const CONTENTS: Readonly<Record<string, Uint8Array>> = {
  nothing: new Uint8Array(),
  'one byte': Buffer.from('a'),
  'a long run': Buffer.alloc(1_500_000, 'a'),
  'a short period': Buffer.alloc(1_000_000, 'ab'),
  'runs of four to three hundred': Buffer.concat(
    Array.from({ length: 300 }, (_, at) => Buffer.alloc(4 + at, 97 + (at % 3))),
  ),
  noise,
  'noise, repeated from far': Buffer.concat([noise, noise.subarray(0, 100_000), noise]),
};

const VARIANTS: readonly [Name, ...string[]][] = [
  ['bzip2', '-9'],
  ['bzip2', '-1'],
  ['xz', '-6'],
  ['xz', '-0', '--check=none'],
  ['xz', '--check=sha256', '--block-size=100000', '-T2'],
  ['xz', '--check=crc32', '--lzma2=dict=4096,lc=1,lp=3,pb=0'],
  ['xz', '--lzma2=dict=1MiB,lc=0,lp=4,pb=4'],
  ['zstd', '-3'],
  ['zstd', '-19', '--long=25'],
];

const known: readonly Name[] = ['bzip2', 'xz', 'zstd'];
// where the runtime does not notice a cut, zstd is refused, and that alone is tested
const programs = known.filter((one) => one !== 'zstd' || ZSTD_IS_CHECKED);
const present = programs.filter((one) => requireTool(one, hasProgram(one)));

describe.each(
  VARIANTS.filter(([name]) => programs.includes(name)).map(([name, ...args]) => ({ name, args })),
)('what $name $args writes', ({ name, args }) => {
  it.skipIf(!present.includes(name)).each(Object.entries(CONTENTS))(
    'is read: %s',
    async (_, content) => {
      const packed = pack(name, args, content);
      const found = await read(name, packed, { ratio: 1e9 });
      expect(Buffer.compare(found, content)).toBe(0);
    },
  );
});

if (!ZSTD_IS_CHECKED)
  it('zstd is refused where the runtime does not notice a cut', async () => {
    const whole = zstdCompressSync(Buffer.from('whole'));
    await expect(read('zstd', whole)).rejects.toMatchObject({ code: 'malformed-archive' });
  });

describe.each(programs)('%s', (name) => {
  const ready = present.includes(name);
  const sample = ready
    ? pack(name, [], Buffer.from('hello hello hello\n'.repeat(40)))
    : Buffer.alloc(0);

  it.skipIf(!ready)('is read in pieces of any size, and stream after stream', async () => {
    const twice = Buffer.concat([sample, sample]);
    const expected = 'hello hello hello\n'.repeat(80);
    for (const pieces of [1, 2, 7, 1000]) {
      expect(Buffer.from(await read(name, twice, {}, pieces)).toString()).toBe(expected);
    }
  });

  it.skipIf(!ready)('is refused when it is cut anywhere', async () => {
    for (let length = 0; length < sample.length; length += 1) {
      const error = await read(name, sample.subarray(0, length)).catch((thrown: unknown) => thrown);
      expect(error, `cut to ${length}`).toMatchObject({ code: 'malformed-archive' });
    }
  });

  it.skipIf(!ready)('with any byte changed is refused, or says the same', async () => {
    const expected = 'hello hello hello\n'.repeat(40);
    for (let at = 0; at < sample.length; at += 1) {
      for (const change of [0x01, 0x80]) {
        const broken = Buffer.from(sample);
        broken[at] = (broken[at] ?? 0) ^ change;
        const found = await read(name, broken).catch((thrown: unknown) => thrown);
        if (isCountersignError(found)) continue;
        expect(Buffer.from(found as Uint8Array).toString()).toBe(expected);
      }
    }
  });

  it.skipIf(!ready)('reports what follows it', async () => {
    const followed = Buffer.concat([sample, Buffer.from('something else')]);
    await expect(read(name, followed)).rejects.toThrow(/bytes follow the end/);
    const told: ArchiveOddity[] = [];
    const source = inPieces(followed, 10_000);
    const found = await collectBytes(
      READERS[name](source, DEFAULT_ARCHIVE_LIMITS, (one) => told.push(one)),
    );
    expect(found).toHaveLength(720);
    // and of zstd, whose end is known as it is read, what that is
    expect(told.filter(({ code }) => code !== 'remark')).toMatchObject([{ code: 'trailing-data' }]);
  });

  it.skipIf(!ready)('stops at its limits', async () => {
    const bomb = pack(name, name === 'zstd' ? ['-19'] : ['-9'], Buffer.alloc(40 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(20_000);
    await expect(read(name, bomb)).rejects.toThrow('(limit: ratio)');
    await expect(read(name, bomb, { unpackedBytes: 1e6, ratio: 1e9 })).rejects.toThrow(
      '(limit: unpackedBytes)',
    );
    await expect(read(name, sample, { packedBytes: 10 })).rejects.toThrow('(limit: packedBytes)');
  });

  it('of any bytes is read or refused by us', async () => {
    const magic = {
      bzip2: 'BZh91AY&SY',
      xz: '\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46\x02\0\x21',
      zstd: '(\xb5/\xfd',
    };
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const all = Buffer.concat([Buffer.from(magic[name], 'latin1'), bytes]);
        const outcome = await read(name, all).catch((thrown: unknown) => thrown);
        expect(outcome instanceof Uint8Array || isCountersignError(outcome)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('memory of a stream', () => {
  it.skipIf(!present.includes('xz'))('is bounded by the dictionary that xz may need', async () => {
    const content = createHash('shake256', { outputLength: 12_000_000 }).update('x').digest();
    const packed = pack('xz', ['-0', '--lzma2=dict=64MiB,mode=fast,mf=hc3,nice=8'], content);
    const limits = { dictionaryBytes: 4 * 1024 * 1024 };
    await expect(read('xz', packed, limits)).rejects.toThrow('(limit: dictionaryBytes)');
    // the same claim over little data needs no such memory
    const small = pack('xz', ['-0', '--lzma2=dict=1GiB'], Buffer.from('small'));
    expect(Buffer.from(await read('xz', small, limits)).toString()).toBe('small');
  });

  if (ZSTD_IS_CHECKED)
    it.skipIf(!present.includes('zstd'))(
      'is bounded by the window that zstd asks for',
      async () => {
        const packed = pack('zstd', ['--long=27'], Buffer.alloc(9_000_000, 'abc'));
        await expect(read('zstd', packed, { dictionaryBytes: 2 ** 22 })).rejects.toThrow(
          '(limit: dictionaryBytes)',
        );
      },
    );
});
