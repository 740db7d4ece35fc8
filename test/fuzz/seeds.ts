/** Sound inputs to break, made by code and by the real programs where they are installed. */
import { execFileSync } from 'node:child_process';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { makeTar, makeTarGz, makeZip, paxRecord, tarBlock } from '../../testdata/archives.ts';
import { hasProgram, requireTool } from '../tools.ts';

/** What reads a seed: an archive, an npm publish body, or a PyPI upload form. */
export type SeedKind = 'container' | 'npm' | 'pypi';

/** One sound input. */
export interface Seed {
  readonly name: string;
  readonly kind: SeedKind;
  readonly bytes: Buffer;
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
    { name: 'zstd', kind: 'container', bytes: zstdCompressSync(tar) },
    { name: 'nest', kind: 'container', bytes: nest },
    ...packedBy('bzip2', tar),
    ...packedBy('xz', tar),
    { name: 'npm body', kind: 'npm', bytes: npmBody(tarGz) },
    { name: 'upload form', kind: 'pypi', bytes: uploadForm(zip) },
  ];
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
    _attachments: { 'a-1.0.0.tgz': { data, length: tarball.length } },
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
  ].map(([name = '', value = '']) => field(name, value));
  const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="content"; filename="a-1.0.0-py3-none-any.whl"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(fields.join('') + file),
    wheel,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}
