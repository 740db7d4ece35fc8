import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { makeTar, makeTarGz, paxRecord, tarBlock } from '../../testdata/archives.ts';
import { isCountersignError } from '../core/errors.ts';
import { type ArchiveEntry, type ArchiveLimits, DEFAULT_ARCHIVE_LIMITS } from './archive-entry.ts';
import { readTarGz } from './tar-archive.ts';

const END = Buffer.alloc(1024);

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
  pieces = 1000,
): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  const all = { ...DEFAULT_ARCHIVE_LIMITS, ...limits };
  for await (const entry of readTarGz(inPieces(bytes, pieces), all)) entries.push(entry);
  return entries;
}

function readBlocks(...blocks: Buffer[]): Promise<ArchiveEntry[]> {
  return read(gzipSync(Buffer.concat([...blocks, END])));
}

describe('a sound .tar.gz', () => {
  it('yields files, folders and links in order', async () => {
    const bytes = await makeTarGz([
      { header: { name: 'package/', type: 'directory', mode: 0o755 } },
      { path: 'package/a.js', content: 'one', mode: 0o755 },
      { header: { name: 'package/l', type: 'symlink', linkname: '../x', mode: 0o777 } },
      { header: { name: 'package/h', type: 'link', linkname: 'package/a.js', mode: 0o644 } },
      { path: './package//b.txt', content: '' },
    ]);
    const entries = await read(bytes, {}, 7);
    expect(entries.map(({ content, ...rest }) => ({ ...rest, content: content.length }))).toEqual([
      { path: 'package', kind: 'directory', mode: 0o755, sizeBytes: 0, content: 0 },
      { path: 'package/a.js', kind: 'file', mode: 0o755, sizeBytes: 3, content: 3 },
      {
        path: 'package/l',
        kind: 'symlink',
        mode: 0o777,
        sizeBytes: 0,
        linkTarget: '../x',
        content: 0,
      },
      {
        path: 'package/h',
        kind: 'hardlink',
        mode: 0o644,
        sizeBytes: 0,
        linkTarget: 'package/a.js',
        content: 0,
      },
      { path: 'package/b.txt', kind: 'file', mode: 0o644, sizeBytes: 0, content: 0 },
    ]);
  });

  it('may have long names, by pax and by GNU', async () => {
    const long = `package/${'d/'.repeat(80)}ü.js`;
    const pax = await read(await makeTarGz([{ path: long, content: 'x' }]));
    const gnu = await readBlocks(
      tarBlock({ name: '././@LongLink', type: 'L', content: `${long}\0`, magic: 'ustar  \0' }),
      tarBlock({ name: long.slice(0, 99), content: 'x', magic: 'ustar  \0' }),
    );
    expect([pax[0]?.path, gnu[0]?.path]).toEqual([long, long]);
  });

  it('may be of several gzip members', async () => {
    const tar = await makeTar([{ path: 'p/a', content: 'x'.repeat(3000) }]);
    const bytes = Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))]);
    expect(await read(bytes)).toHaveLength(1);
  });

  it('may carry a global comment, as git archive writes', async () => {
    const comment = paxRecord('comment', 'f'.repeat(40));
    const entries = await readBlocks(
      tarBlock({ name: 'pax_global_header', type: 'g', content: comment }),
      tarBlock({ name: 'p/a', content: 'x' }),
    );
    expect(entries.map((entry) => entry.path)).toEqual(['p/a']);
  });

  it('reads as an independent library reads it', async () => {
    const member = fc.record({
      path: fc
        .array(fc.stringMatching(/^[a-zA-Z0-9 _é中-]{1,40}$/), { minLength: 1, maxLength: 5 })
        .map((names) => names.join('/')),
      content: fc.uint8Array({ maxLength: 2000 }),
    });
    const tree = fc.uniqueArray(member, {
      maxLength: 8,
      comparator: (left, right) =>
        left === right || `${left}/`.startsWith(`${right}/`) || `${right}/`.startsWith(`${left}/`),
      selector: (one) => one.path,
    });
    await fc.assert(
      fc.asyncProperty(tree, fc.integer({ min: 1, max: 5000 }), async (members, pieces) => {
        const tar = await makeTar(members);
        const ours = (await read(gzipSync(tar), {}, pieces)).map((entry) => [
          entry.path,
          Buffer.from(entry.content).toString('hex'),
        ]);
        expect(ours).toEqual(await readWithTarStream(tar));
      }),
      { numRuns: 40 },
    );
  });
});

async function readWithTarStream(tar: Buffer): Promise<string[][]> {
  const reader = extract();
  reader.end(tar);
  const seen: string[][] = [];
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
    seen.push([entry.header.name, Buffer.concat(chunks).toString('hex')]);
  }
  return seen;
}

const file = (name: string) => tarBlock({ name, content: 'x' });

function pax(...records: readonly (readonly [string, string])[]): Buffer {
  const content = records.map(([key, value]) => paxRecord(key, value)).join('');
  return tarBlock({ name: 'x', type: 'x', content });
}

describe('a .tar.gz that is taken', () => {
  it.each([
    ['a cut name that ends by chance like a folder', `p/${'a'.repeat(97)}/b`],
    ['the same of 99 bytes', `p/${'a'.repeat(96)}/b`],
  ])('has %s', async (_, path) => {
    const blocks = [pax(['path', path]), file(path.slice(0, path.lastIndexOf('/') + 1))];
    expect((await readBlocks(...blocks)).map((entry) => entry.path)).toEqual([path]);
  });

  it('has global headers before another, and both names of a link', async () => {
    const entries = await readBlocks(
      tarBlock({ name: 'g', type: 'g', content: paxRecord('comment', 'c') }),
      tarBlock({ name: 'g', type: 'g', content: paxRecord('comment', 'd') }),
      pax(['path', 'p/a']),
      file('p/cut'),
      tarBlock({ name: 'K', type: 'K', content: 'a\0' }),
      tarBlock({ name: 'L', type: 'L', content: 'p/link\0' }),
      tarBlock({ name: 'p/cut', type: '2', linkName: 'cut' }),
    );
    expect(entries).toMatchObject([{ path: 'p/a' }, { path: 'p/link', linkTarget: 'a' }]);
  });
});

describe('a .tar.gz that is refused', () => {
  it.each([
    ['an absolute path', [file('/etc/passwd')], '"/etc/passwd": is absolute'],
    ['a path that climbs', [file('package/../../x')], 'leads out of its folder'],
    ['a backslash', [file('package\\x')], 'backslash'],
    ['a drive letter', [file('C:/x')], 'drive letter'],
    ['a control character', [file('package/\u001b[2J')], 'control character'],
    ['an empty name', [file('')], 'is empty'],
    ['the same path twice', [file('p/a'), file('p/./a')], '"p/a": is in the archive twice'],
    ['a path below a file', [file('p/a'), file('p/a/b')], 'no folder'],
    [
      'a path below a link',
      [tarBlock({ name: 'p/l', type: '2', linkName: '/tmp' }), file('p/l/b')],
      'no folder',
    ],
    ['a file named like a folder', [file('p/a/')], 'ends in "/"'],
    ['a folder with content', [tarBlock({ name: 'p', type: '5', content: 'x' })], 'expected none'],
    ['a type that is not read', [tarBlock({ name: 'p', type: 'S' })], 'tar type "S"'],
    ['an old header', [tarBlock({ name: 'p', magic: '' })], 'neither ustar nor GNU'],
    [
      'a global path',
      [tarBlock({ name: 'g', type: 'g', content: paxRecord('path', 'x') }), file('p')],
      'pax record "path"',
    ],
    [
      'a pax size that the header does not have',
      [tarBlock({ name: 'x', type: 'x', content: paxRecord('size', '512') }), file('p')],
      '1 bytes by its header and 512',
    ],
    [
      'a sparse file',
      [tarBlock({ name: 'x', type: 'x', content: paxRecord('GNU.sparse.name', 'x') }), file('p')],
      'GNU.sparse.name',
    ],
    [
      'two long names',
      [
        tarBlock({ name: 'L', type: 'L', content: 'a\0' }),
        tarBlock({ name: 'x', type: 'x', content: paxRecord('path', 'b') }),
        file('p'),
      ],
      'the path of one entry',
    ],
    ['a drive letter behind a folder', [file('package/c:package.json')], 'drive letter behind'],
    [
      'two paths in one pax header',
      [pax(['path', 'a'], ['path', 'b']), file('p')],
      'give the path of one entry',
    ],
    ['two pax headers', [pax(['path', 'a']), pax(['mtime', '1']), file('p')], 'headers x, x stand'],
    [
      'a global header behind a long name',
      [
        tarBlock({ name: 'L', type: 'L', content: 'a\0' }),
        tarBlock({ name: 'g', type: 'g', content: paxRecord('comment', 'c') }),
        file('p'),
      ],
      'headers L, g stand',
    ],
    [
      'a pax size before a long name',
      [pax(['size', '1']), tarBlock({ name: 'L', type: 'L', content: 'a\0' }), file('p')],
      'headers x, L stand',
    ],
    ['a blank before a pax key', [pax([' size', '1']), file('p')], 'pax record " size"'],
    ['the real size of star', [pax(['SCHILY.realsize', '0']), file('p')], 'SCHILY.realsize'],
    [
      'a link target for a file',
      [pax(['linkpath', 'p/b']), file('p/a')],
      'is a file that names the target of a link',
    ],
    [
      'the name of a folder behind a long one',
      [pax(['path', 'p/a.js']), file('p/d/')],
      'header has the name of a folder',
    ],
    [
      'a cut name that ends by chance like a folder, and content that is an archive',
      [
        pax(['path', `p/${'a'.repeat(97)}/b`]),
        tarBlock({ name: `p/${'a'.repeat(97)}/`, content: file('evil.py') }),
      ],
      'header has the name of a folder',
    ],
    [
      'a pax record of the wrong length',
      [tarBlock({ name: 'x', type: 'x', content: '99 path=a\n' }), file('p')],
      'pax record at byte 0',
    ],
    [
      'an extension without an entry',
      [tarBlock({ name: 'x', type: 'x', content: paxRecord('path', 'b') })],
      'no entry after it',
    ],
  ])('has %s', async (_, blocks, message) => {
    const error = await readBlocks(...blocks).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'malformed-archive' });
    expect(String(error)).toContain(message);
  });

  it('has a name that is not UTF-8', async () => {
    const block = tarBlock({ name: 'p/\x01\x01' });
    block[2] = 0xc3;
    block[3] = 0xc3;
    const sum = Buffer.from(block);
    sum.fill(0x20, 148, 156);
    const total = sum.reduce((all, byte) => all + byte, 0);
    block.write(`${total.toString(8).padStart(6, '0')}\0 `, 148);
    await expect(readBlocks(block)).rejects.toThrow('not valid UTF-8');
  });

  it('is something else, empty, cut, damaged or followed by something', async () => {
    const tar = await makeTar([{ path: 'p/a', content: 'x'.repeat(5000) }]);
    const sound = gzipSync(tar);
    const flipped = Buffer.from(tar);
    flipped[3] = 0x41;
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [Buffer.from('<html>'), 'not sound gzip data'],
      [new Uint8Array(), 'is empty'],
      [sound.subarray(0, -5), 'is truncated'],
      [Buffer.concat([sound, Buffer.from('x')]), 'gzip data'],
      [Buffer.concat([sound, Buffer.alloc(3000)]), 'bytes follow the end of the gzip data'],
      [gzipSync(tar.subarray(0, -1024)), 'the tar data ends early'],
      [gzipSync(tar.subarray(0, 2000)), 'the tar data ends early'],
      [gzipSync(Buffer.concat([tar, Buffer.from('x')])), 'data follows the end of the tar'],
      [gzipSync(flipped), 'wrong checksum'],
    ];
    for (const [bytes, message] of cases) {
      for (const pieces of [1, 500, 1_000_000]) {
        const error = await read(bytes, {}, pieces).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: 'malformed-archive' });
        expect(String(error)).toContain(message);
      }
    }
  });
});

describe('limits of a .tar.gz', () => {
  const members = [
    { path: 'p/a', content: 'x'.repeat(3000) },
    { path: 'p/b', content: 'y' },
  ];
  it.each<[Partial<ArchiveLimits>, string]>([
    [{ packedBytes: 20 }, 'more than 20 bytes'],
    [{ unpackedBytes: 2000 }, 'unpacks to more than 2000 bytes'],
    [{ entryBytes: 2999 }, '"p/a": has 3000 bytes'],
    [{ entries: 2 }, 'more than 2 files and folders'],
    [{ pathBytes: 2 }, 'a path of 3 bytes'],
  ])('%j holds', async (limits, message) => {
    const error = await read(await makeTarGz(members), limits).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'limit-exceeded' });
    expect(String(error)).toContain(message);
  });

  it('stop a bomb by its ratio long before it is unpacked', async () => {
    const bomb = gzipSync(
      Buffer.concat([
        tarBlock({ name: 'p', sizeBytes: 200 * 1024 * 1024 }),
        Buffer.alloc(64 * 1024 * 1024),
      ]),
    );
    await expect(read(bomb)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('count repeated folders and extension headers too', async () => {
    const folders = Array.from({ length: 20 }, () => tarBlock({ name: 'p/', type: '5' }));
    const bytes = gzipSync(Buffer.concat([...folders, END]));
    await expect(read(bytes, { entries: 10 })).rejects.toMatchObject({ code: 'limit-exceeded' });
    const extensions = Array.from({ length: 20 }, () => tarBlock({ name: 'g', type: 'g' }));
    await expect(readBlocks(...extensions)).rejects.toThrow('extension headers in a row');
  });
});

describe('errors', () => {
  it('of the source pass through', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync('x').subarray(0, 5);
      throw new Error('disk on fire');
    }
    await expect(readTarGz(failing()).next()).rejects.toThrow('disk on fire');
  });

  it('are ours for any cut or changed byte', async () => {
    const tar = await makeTar([
      { path: 'package/package.json', content: '{}' },
      { path: `package/${'long/'.repeat(30)}a`, content: 'x'.repeat(600) },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(tar.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        fc.boolean(),
        async (at, flip, cut, packedFirst) => {
          const target = Buffer.from(packedFirst ? gzipSync(tar) : tar);
          const where = at % target.length;
          target[where] = (target[where] ?? 0) ^ flip;
          const bytes = cut ? target.subarray(0, where) : target;
          try {
            await read(packedFirst ? bytes : gzipSync(bytes), { unpackedBytes: 1_000_000 });
          } catch (error) {
            if (!isCountersignError(error)) throw error;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
