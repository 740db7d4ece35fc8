import { createHash } from 'node:crypto';
import { crc32, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** A built package, as a client would upload it. */
export interface SamplePackage {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** `seed` changes the bytes and nothing else. */
export interface SampleOptions {
  readonly name: string;
  readonly version: string;
  readonly seed: string;
}

/** A tarball such as `npm pack` makes; `fields` go into its package.json. */
export async function sampleNpmTarball(
  options: SampleOptions,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<SamplePackage> {
  const { name, version, seed } = options;
  const packageJson = JSON.stringify({ name, version, license: 'Apache-2.0', ...fields }, null, 2);
  const bytes = await tarGz({
    'package/package.json': packageJson,
    'package/index.js': `export const seed = ${JSON.stringify(seed)};\n`,
  });
  return { file: `${name.replace('@', '').replace('/', '-')}-${version}.tgz`, bytes };
}

/** A source distribution with the metadata that PEP 643 wants. `name` is in normal form. */
export async function sampleSdist({ name, version, seed }: SampleOptions): Promise<SamplePackage> {
  const stem = `${name.replaceAll('-', '_')}-${version}`;
  const bytes = await tarGz({
    [`${stem}/PKG-INFO`]: coreMetadata(name, version),
    [`${stem}/pyproject.toml`]: '[build-system]\nrequires = ["flit_core"]\n',
    [`${stem}/seed.py`]: `SEED = ${JSON.stringify(seed)}\n`,
  });
  return { file: `${stem}.tar.gz`, bytes };
}

/** A pure wheel. `name` is in normal form. */
export function sampleWheel({ name, version, seed }: SampleOptions): SamplePackage {
  const module = name.replaceAll('-', '_');
  const info = `${module}-${version}.dist-info`;
  const files = {
    [`${module}.py`]: `SEED = ${JSON.stringify(seed)}\n`,
    [`${info}/METADATA`]: coreMetadata(name, version),
    [`${info}/WHEEL`]:
      'Wheel-Version: 1.0\nGenerator: sample\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  const rows = Object.entries(files).map(([path, text]) => {
    const digest = createHash('sha256').update(text).digest('base64url');
    return `${path},sha256=${digest},${Buffer.byteLength(text)}\n`;
  });
  const bytes = storedZip({ ...files, [`${info}/RECORD`]: `${rows.join('')}${info}/RECORD,,\n` });
  return { file: `${module}-${version}-py3-none-any.whl`, bytes };
}

/** METADATA of a wheel, PKG-INFO of an sdist. */
export function coreMetadata(name: string, version: string): string {
  return [
    'Metadata-Version: 2.2',
    `Name: ${name}`,
    `Version: ${version}`,
    'Summary: a sample',
    'Requires-Python: >=3.9',
    'Requires-Dist: packaging>=20',
    'Classifier: Programming Language :: Python :: 3',
    'Classifier: Operating System :: OS Independent',
    '',
    'A sample.\n\nIn two paragraphs.\n',
  ].join('\n');
}

/** A gzipped tarball of these files. */
export async function tarGz(files: Readonly<Record<string, string | Buffer>>): Promise<Uint8Array> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) {
    archive.entry({ name, mtime: new Date(0) }, content);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

/** A zip file without compression (APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16). */
export function storedZip(files: Readonly<Record<string, string | Buffer>>): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const path = Buffer.from(name);
    const data = typeof content === 'string' ? Buffer.from(content) : content;
    // version 2.0, no flags, stored, 1980-01-01, then checksum, sizes and length of the name
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from('PK\x01\x02\x14\x03', 'latin1');
    directory.push(Buffer.concat([madeBy, common, rest, path]));
    bodies.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
