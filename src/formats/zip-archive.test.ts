import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTarGz, makeZip, type ZipFixture } from '../../testdata/archives.ts';
import { isCountersignError } from '../core/errors.ts';
import { readArchive } from './archive.ts';
import { type ArchiveEntry, type ArchiveLimits, DEFAULT_ARCHIVE_LIMITS } from './archive-entry.ts';
import { readZip } from './zip-archive.ts';

async function read(
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
): Promise<ArchiveEntry[]> {
  return collect(readZip(bytes, { ...DEFAULT_ARCHIVE_LIMITS, ...limits }));
}

async function collect(entries: AsyncIterable<ArchiveEntry>): Promise<ArchiveEntry[]> {
  const all: ArchiveEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

const a: ZipFixture = { path: 'a.py', content: 'print(1)\n'.repeat(50) };
const b: ZipFixture = { path: 'b/c.py', content: 'x', stored: true };

describe('a sound zip', () => {
  it('yields its entries in the order of the directory', async () => {
    const link = { path: 'l', content: 'a.py', mode: 0o120777, stored: true };
    const folder = { path: 'd/', content: '', stored: true, mode: 0o040755 };
    const entries = await read(makeZip([a, b, folder, link, { ...a, path: 'é', mode: 0o100755 }]));
    expect(entries.map(({ content, ...rest }) => ({ ...rest, content: content.length }))).toEqual([
      { path: 'a.py', kind: 'file', mode: 0o644, sizeBytes: 450, content: 450 },
      { path: 'b/c.py', kind: 'file', mode: 0o644, sizeBytes: 1, content: 1 },
      { path: 'd', kind: 'directory', mode: 0o755, sizeBytes: 0, content: 0 },
      { path: 'l', kind: 'symlink', mode: 0o777, sizeBytes: 0, linkTarget: 'a.py', content: 0 },
      { path: 'é', kind: 'file', mode: 0o755, sizeBytes: 450, content: 450 },
    ]);
    expect(Buffer.from(entries[0]?.content ?? []).toString()).toBe(a.content);
  });

  it('may have data descriptors, or nothing in it', async () => {
    const descriptors = makeZip([{ ...a, descriptor: true }, b, { ...b, path: 'z', content: '' }]);
    expect(await read(descriptors)).toHaveLength(3);
    expect(await read(makeZip([]))).toEqual([]);
  });

  it('is told from a tar.gz by its first bytes', async () => {
    const both = [makeZip([a]), await makeTarGz([{ path: 'a.py', content: 'x' }])];
    for (const bytes of both) {
      expect((await collect(readArchive(bytes)))[0]?.path).toBe('a.py');
    }
    const other = collect(readArchive(makeZip([a]), { expected: 'tar.gz' }));
    await expect(other).rejects.toThrow('expected tar.gz, begins with the bytes 504b0304');
    await expect(collect(readArchive(new Uint8Array()))).rejects.toThrow('(none)');
  });
});

/** The extra field of sizes above 4 GiB, before the content. */
function zip64(sizeBytes: number, packedBytes: number): Buffer {
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(BigInt(sizeBytes), 4);
  field.writeBigUInt64LE(BigInt(packedBytes), 12);
  return field;
}

/** A zip of one stored file of 8 bytes, whose own header has no sizes but those of `localExtra`. */
function withLocalSizes(localExtra: Buffer): Buffer {
  const bytes = makeZip([{ path: 'a.py', content: 'x = 1\n\n\n', stored: true, localExtra }]);
  bytes.writeUInt32LE(0xffffffff, 18);
  bytes.writeUInt32LE(0xffffffff, 22);
  return bytes;
}

/** A link as a packer on another system says it: 0 is MS-DOS, 16 BeOS. */
function linkOf(system: number): Buffer {
  const bytes = makeZip([{ path: 'l', content: 'a.py', mode: 0o120777, stored: true }]);
  bytes[bytes.indexOf('PK\x01\x02', 0, 'latin1') + 5] = system;
  return bytes;
}

describe('sizes and names in extra fields', () => {
  it('are taken where they agree', async () => {
    const aligned = makeZip([{ ...a, localExtra: Buffer.alloc(3) }]);
    for (const bytes of [withLocalSizes(zip64(8, 8)), aligned]) {
      expect(await read(bytes)).toHaveLength(1);
    }
  });

  const unicodePath = Buffer.from('75700600010000000061', 'hex');
  it.each<[string, Buffer, string]>([
    ['lie before the content', withLocalSizes(zip64(4, 4)), 'zip64 sizes in its own header'],
    ['are missing', withLocalSizes(Buffer.alloc(0)), 'zip64 sizes in its own header'],
    ['lie where none were needed', makeZip([{ ...b, localExtra: zip64(0, 0) }]), 'zip64 sizes in'],
    [
      'stand there twice',
      withLocalSizes(Buffer.concat([zip64(8, 8), zip64(4, 4)])),
      'twice in its',
    ],
    [
      'stand in the directory twice',
      makeZip([{ ...b, extra: Buffer.concat([zip64(1, 1), zip64(4, 4)]) }]),
      'twice in the directory',
    ],
    ['are a second name', makeZip([{ ...a, localExtra: unicodePath }]), 'second name'],
    ['are cut', makeZip([{ ...a, localExtra: Buffer.from('01002000', 'hex') }]), 'behind its end'],
    ['are a link of MS-DOS', linkOf(0), 'a link by a Unix mode'],
    ['are a link of BeOS', linkOf(16), 'a link by a Unix mode'],
  ])('%s and are refused', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });
});

describe('a zip that is refused', () => {
  it('claims a directory that lies behind its end', async () => {
    const bytes = makeZip([]);
    bytes.writeUInt32LE(12_910_596, 16);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'malformed-archive' });
  });

  const unicodePath = Buffer.from('75700600010000000061', 'hex');
  it.each<[string, Buffer, string]>([
    ['has another name in the local header', makeZip([{ ...a, localPath: 'evil' }]), '"evil"'],
    ['names a path twice', makeZip([a, a]), 'twice'],
    ['has bytes behind its end', makeZip([a], { trailing: 'x' }), 'comment length'],
    ['has a comment', makeZip([a], { comment: 'hello' }), '5 bytes follow'],
    ['has bytes before the first entry', makeZip([a], { leading: '#!' }), 'expected at offset 0'],
    ['has bytes between entries', makeZip([{ ...a, gap: 'xx' }, b]), 'found at'],
    ['has bytes before the directory', makeZip([{ ...a, gap: 'xx' }]), 'the directory begins at'],
    ['is encrypted', makeZip([{ ...a, flags: 0x801 }]), 'is encrypted'],
    ['has flags that are not read', makeZip([{ ...a, flags: 0x820 }]), 'zip flags 0x820'],
    ['has another method', makeZip([{ ...a, method: 14 }]), 'method 14'],
    ['has a second name', makeZip([{ ...a, extra: unicodePath }]), 'second name'],
    ['has a wrong CRC', makeZip([{ ...a, crc: 1 }]), 'CRC-32'],
    ['claims more bytes', makeZip([{ ...a, sizeBytes: 451 }]), 'expected 451 bytes, found 450'],
    ['claims fewer bytes', makeZip([{ ...a, sizeBytes: 449 }]), 'cannot be unpacked'],
    ['counts more entries', makeZip([a], { entries: 2 }), 'no 46 bytes at'],
    ['counts fewer entries', makeZip([a, b], { entries: 1 }), 'the end record'],
    ['climbs', makeZip([{ ...a, path: '../x' }]), '".."'],
    ['has a backslash', makeZip([{ ...a, path: 'a\\b' }]), 'backslash'],
    ['is absolute', makeZip([{ ...a, path: '/a' }]), 'absolute'],
    ['has a folder with content', makeZip([{ ...a, path: 'd/' }]), 'named like a folder'],
    ['has a device', makeZip([{ ...a, mode: 0o060000 }]), 'Unix mode 60000'],
    ['has a name of no known encoding', makeZip([{ ...a, path: 'é', flags: 0 }]), 'UTF-8'],
    ['is cut', makeZip([a, b]).subarray(0, -30), 'is no sound zip file'],
    ['is something else', Buffer.from('hello'), 'is no sound zip file'],
  ])('%s', async (_, bytes, message) => {
    const error = await read(bytes).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'malformed-archive' });
    expect(String(error)).toContain(message);
  });
});

describe('limits of a zip', () => {
  it.each<[Partial<ArchiveLimits>, string]>([
    [{ packedBytes: 20 }, 'more than 20 bytes'],
    [{ unpackedBytes: 450 }, 'unpacks to more than 450 bytes'],
    [{ entryBytes: 449 }, '"a.py": has 450 bytes'],
    [{ entries: 1 }, 'more than 1 entries'],
    [{ pathBytes: 5 }, 'a path of 6 bytes'],
  ])('%j holds', async (limits, message) => {
    const error = await read(makeZip([a, b]), limits).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'limit-exceeded' });
    expect(String(error)).toContain(message);
  });

  it('stop a bomb before it is unpacked', async () => {
    const bomb = makeZip([{ path: 'a', content: new Uint8Array(40 * 1024 * 1024) }]);
    await expect(read(bomb)).rejects.toThrow('200 times its packed size');
  });

  it('hold where the declared size lies', async () => {
    const bomb = makeZip([{ path: 'a', content: new Uint8Array(8 * 1024 * 1024), sizeBytes: 10 }]);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'malformed-archive' });
  });
});

describe('errors', () => {
  it('are ours for any cut or changed byte', async () => {
    const sound = makeZip([a, { ...a, path: 'd', descriptor: true }, b]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sound.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, cut) => {
          const bytes = Buffer.from(sound);
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          try {
            await read(cut ? bytes.subarray(0, at) : bytes, { unpackedBytes: 1_000_000 });
          } catch (error) {
            if (!isCountersignError(error)) throw error;
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
