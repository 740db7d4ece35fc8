/** Sound inputs to break, made by code and by the real programs where they are installed. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { ZSTD_IS_CHECKED } from '../../src/formats/zlib-stream.ts';
import { makeTar, makeTarGz, makeZip, paxRecord, tarBlock } from '../../testdata/archives.ts';
import { hasProgram, requireTool } from '../tools.ts';
import { makeDocumentSeeds } from './document-seeds.ts';
import type { SeedKind } from './readers.ts';

/** One sound input. */
export interface Seed {
  readonly name: string;
  readonly kind: SeedKind;
  readonly bytes: Buffer;
  /** Makes of the broken bytes what is read, so that checksums and compression hide no fault. */
  readonly pack?: (broken: Buffer) => Buffer;
}

/** Boundary of the upload forms among the seeds. */
export const BOUNDARY = 'boundary';

/** The seeds; those of programs that are missing are left out, which is said on stderr. */
export async function makeSeeds(): Promise<readonly Seed[]> {
  const members = [
    { path: 'package/package.json', content: '{"name":"a","version":"1.0.0"}' },
    { path: 'package/a.js', content: 'export {};\n'.repeat(30), mode: 0o755 },
    { header: { name: 'package/l', type: 'symlink', linkname: 'a.js' } },
  ] as const;
  const tar = await makeTar(members);
  const long = Buffer.concat([
    tarBlock({ name: 'x', type: 'x', content: paxRecord('path', `package/${'p'.repeat(120)}`) }),
    tarBlock({ name: 'short', content: 'pax' }),
    tarBlock({
      name: '././@LongLink',
      type: 'L',
      content: `${'g'.repeat(120)}\0`,
      magic: 'ustar  \0',
    }),
    tarBlock({ name: 'short', content: 'gnu', magic: 'ustar  \0' }),
    Buffer.alloc(1024),
  ]);
  const zip = makeZip([
    { path: 'a.py', content: 'print(1)\n'.repeat(20) },
    { path: 'b.py', content: 'x', stored: true },
    { path: 'c.py', content: 'y'.repeat(99), descriptor: true },
    { path: 'l', content: 'a.py', mode: 0o120777, stored: true },
  ]);
  const tarGz = gzipSync(tar);
  const nest = await makeTarGz([
    { path: 'a.zip', content: zip },
    { path: 'b.gz', content: gzipSync('x') },
    { path: 'c.zst', content: zstdCompressSync(tar) },
  ]);
  return [
    { name: 'tar', kind: 'container', bytes: tar },
    { name: 'tar.gz', kind: 'container', bytes: tarGz },
    { name: 'long names', kind: 'container', bytes: long },
    { name: 'zip', kind: 'container', bytes: zip },
    // where the runtime does not notice that zstd is cut, all of it is refused: no sound seed
    ...(ZSTD_IS_CHECKED
      ? [{ name: 'zstd', kind: 'container' as const, bytes: zstdCompressSync(tar) }]
      : []),
    { name: 'nest', kind: 'container', bytes: nest },
    ...packedBy('bzip2', tar),
    ...packedBy('xz', tar),
    { name: 'zip64', kind: 'container', bytes: zip64() },
    { name: 'tar, packed when broken', kind: 'container', bytes: tar, pack: packTar },
    { name: 'long names, packed when broken', kind: 'container', bytes: long, pack: packTar },
    { name: 'zip in gzip', kind: 'container', bytes: zip, pack: (broken) => gzipSync(broken) },
    { name: 'npm body', kind: 'npm', bytes: npmBody(tarGz) },
    { name: 'upload form', kind: 'pypi', bytes: uploadForm(zip) },
    ...(await makeDocumentSeeds()),
  ];
}

/** Gives each header, on multiples of 512 bytes, its right checksum; then gzip. */
function packTar(broken: Buffer): Buffer {
  const tar = Buffer.from(broken);
  for (let at = 0; at + 512 <= tar.length; at += 512) {
    if (!tar.toString('latin1', at + 257, at + 262).startsWith('ustar')) continue;
    tar.write(' '.repeat(8), at + 148);
    const sum = tar.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
  }
  return gzipSync(tar, { level: 1 });
}

/** A zip file whose sizes and directory are those of zip64 (APPNOTE 4.3.14, 4.5.3). */
function zip64(): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(5n, 4);
  extra.writeBigUInt64LE(5n, 12);
  const plain = makeZip([{ path: 'a', content: 'hello', stored: true, extra }]);
  const directory = plain.indexOf('PK\x01\x02', 0, 'latin1');
  const end = plain.length - 22;
  plain.writeUInt32LE(0xffffffff, directory + 20);
  plain.writeUInt32LE(0xffffffff, directory + 24);
  const record = Buffer.alloc(76);
  record.write('PK\x06\x06', 0, 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(1n, 24);
  record.writeBigUInt64LE(1n, 32);
  record.writeBigUInt64LE(BigInt(end - directory), 40);
  record.writeBigUInt64LE(BigInt(directory), 48);
  record.write('PK\x06\x07', 56, 'latin1');
  record.writeBigUInt64LE(BigInt(end), 64);
  record.writeUInt32LE(1, 72);
  plain.fill(0xff, end + 8, end + 20);
  return Buffer.concat([plain.subarray(0, end), record, plain.subarray(end)]);
}

function packedBy(program: string, content: Buffer): Seed[] {
  if (!requireTool(program, hasProgram(program))) return [];
  const bytes = execFileSync(program, ['-9'], { input: content });
  return [{ name: program, kind: 'container', bytes }];
}

function npmBody(tarball: Buffer): Buffer {
  const data = tarball.toString('base64');
  const body = {
    name: 'a',
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name: 'a', version: '1.0.0', dist: { tarball: 'x' } } },
    _attachments: {
      'a-1.0.0.tgz': { content_type: 'application/octet-stream', data, length: tarball.length },
    },
  };
  return Buffer.from(JSON.stringify(body));
}

function uploadForm(wheel: Buffer): Buffer {
  const field = (name: string, value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const fields = [
    [':action', 'file_upload'],
    ['protocol_version', '1'],
    ['metadata_version', '2.4'],
    ['name', 'a'],
    ['version', '1.0.0'],
    ['filetype', 'bdist_wheel'],
    ['pyversion', 'py3'],
    ['sha256_digest', createHash('sha256').update(wheel).digest('hex')],
  ].map(([name = '', value = '']) => field(name, value));
  const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="content"; filename="a-1.0.0-py3-none-any.whl"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(fields.join('') + file),
    wheel,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}
