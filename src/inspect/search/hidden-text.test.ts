import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readContainer } from '../../formats/container.ts';
import { bytesAsRandomAccess } from '../../formats/random-access.ts';
import { inspectFile } from '../engine.ts';
import { sampleTar, sampleZip } from '../samples/sample-archive.ts';
import { crc32Base62 } from '../secret-format/token-checksum.ts';
import { DEFAULT_UNPACK_LIMITS } from '../unpack/unpack-limits.ts';

const BODY = 'h1dD3n'.repeat(5);
const TOKEN = `npm_${BODY}${crc32Base62(BODY)}`;
const TEXT = Buffer.from(`x ${TOKEN} y`);

/** What is told of the token: path and message; and reasons of what is unread. */
async function told(bytes: Uint8Array): Promise<readonly string[]> {
  const limits = DEFAULT_UNPACK_LIMITS;
  const entries = readContainer(bytesAsRandomAccess(bytes), { limits, name: 'content' });
  const file = { file: 'a.tgz', sha256: '0'.repeat(64) as never, sizeBytes: bytes.length };
  const report = await inspectFile({ ...file, form: 'archive', entries }, 'plausible');
  return [
    ...report.findings
      .filter((one) => one.rule === 'npm-token')
      .map(({ path, line, message }) => `${path} ${line} ${message.replace(/^.*?; it/, 'it')}`),
    ...report.unread.map((one) => one.reason),
  ];
}

/** A gzip member with these fields in its header. */
function gzipWith(fields: { extra?: Buffer; name?: Buffer; comment?: Buffer }): Buffer {
  const plain = gzipSync('fine');
  const { extra, name, comment } = fields;
  const size = Buffer.from([(extra?.length ?? 0) & 255, (extra?.length ?? 0) >> 8]);
  const flags = (extra ? 4 : 0) | (name ? 8 : 0) | (comment ? 16 : 0);
  const end = Buffer.alloc(1);
  return Buffer.concat([
    ...[plain.subarray(0, 3), Buffer.from([flags]), plain.subarray(4, 10)],
    ...(extra ? [size, extra] : []),
    ...(name ? [name, end] : []),
    ...(comment ? [comment, end] : []),
    plain.subarray(10),
  ]);
}

/** A tar of one file, with bytes written over it and its checksum made right. */
function tarWith(at: number, bytes: Buffer): Buffer {
  const tar = Buffer.from(sampleTar([{ path: 'a', text: 'fine' }]));
  bytes.copy(tar, at);
  tar.write(' '.repeat(8), 148);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return tar;
}

function paxTar(type: string, ...records: readonly string[]): Uint8Array {
  const text = records
    .map((record) => {
      const length = record.length + 5;
      return `${String(length).padStart(3, '1')} ${record}\n`;
    })
    .join('');
  return sampleTar([{ path: 'pax', type, text }, { path: 'a' }]);
}

/** A record whose length has three digits. */
function record(key: string, value: string): string {
  const text = `${key}=${value}`;
  return text.padEnd(Math.max(text.length, 95), '.');
}

/** A zip whose one member has an extra field in each header, and comments. */
function zipWith(fields: {
  local?: Buffer;
  central?: Buffer;
  note?: Buffer;
  end?: Buffer;
}): Buffer {
  const { local, central, note, end } = fields;
  const zip = Buffer.from(sampleZip());
  const row = zip.indexOf('PK\x01\x02');
  const last = zip.indexOf('PK\x05\x06');
  const field = (content: Buffer | undefined) => {
    if (content === undefined) return Buffer.alloc(0);
    const head = Buffer.from([0x99, 0x99, content.length & 255, content.length >> 8]);
    return Buffer.concat([head, content]);
  };
  const [inside, outside] = [field(local), field(central)];
  const remark = note ?? Buffer.alloc(0);
  const behind = end ?? Buffer.alloc(0);
  const parts = [zip.subarray(0, row), zip.subarray(row, last), zip.subarray(last)].map((one) =>
    Buffer.from(one),
  );
  const [head = zip, directory = zip, tail = zip] = parts;
  head.writeUInt16LE(inside.length, 28);
  directory.writeUInt16LE(outside.length, 30);
  directory.writeUInt16LE(remark.length, 32);
  tail.writeUInt32LE(directory.length + outside.length + remark.length, 12);
  tail.writeUInt32LE(head.length + inside.length, 16);
  tail.writeUInt16LE(behind.length, 20);
  const start = 30 + 'a.js'.length;
  return Buffer.concat([
    ...[head.subarray(0, start), inside, head.subarray(start)],
    ...[directory, outside, remark, tail, behind],
  ]);
}

const PLACES: readonly (readonly [string, () => Uint8Array])[] = [
  ['a.tgz null it stands in the name in a gzip header (offset 0)', () => gzipWith({ name: TEXT })],
  [
    'a.tgz null it stands in the comment of a gzip header (offset 0)',
    () => gzipWith({ comment: TEXT, name: Buffer.from('a') }),
  ],
  [
    'a.tgz null it stands in the extra field of a gzip header (offset 0)',
    () => gzipWith({ extra: TEXT }),
  ],
  [
    'a.tgz null it stands in the comment of a gzip header (offset 24)',
    () => Buffer.concat([gzipSync('fine'), gzipWith({ comment: TEXT })]),
  ],
  [
    'a.tgz null it stands in what follows the end of the gzip data (offset 24)',
    () => Buffer.concat([gzipSync('fine'), Buffer.alloc(1), TEXT]),
  ],
  ['a.tgz null it stands in the owner in a tar header (offset 0)', () => tarWith(265, TEXT)],
  [
    'a.tgz!a null it stands in the padding behind its content (entry "a")',
    () => tarWith(512 + 20, TEXT),
  ],
  [
    'a.tgz null it stands in what follows the end of the tar archive (offset 1536)',
    () => sampleTar([{ path: 'a', text: 'fine' }], TEXT.toString().padStart(512, '\0')),
  ],
  [
    'a.tgz null it stands in the pax records of a header extension (offset 0)',
    () => paxTar('x', record('comment', TEXT.toString())),
  ],
  [
    'a.tgz null it stands in the pax records of a header extension (offset 0)',
    () => paxTar('g', record('COUNTERSIGN.note', TEXT.toString())),
  ],
  [
    'a.tgz null it stands in the pax records of a header extension (offset 0)',
    () => paxTar('x', record('path', TEXT.toString()), record('path', 'a')),
  ],
  [
    'a.tgz null it stands in the name of a header extension (offset 0)',
    () => {
      const tar = sampleTar([{ path: TEXT.toString(), type: 'x', text: '' }, { path: 'a' }]);
      return tar;
    },
  ],
  [
    'a.tgz null it stands in the path of a packed file',
    () => sampleTar([{ path: `keys/${TOKEN}/a.js` }]),
  ],
  ['a.tgz null it stands in the path of a packed file', () => sampleZip({ path: TOKEN })],
  [
    'a.tgz!a.js null it stands in an extra field of it (entry "a.js")',
    () => zipWith({ central: TEXT }),
  ],
  [
    'a.tgz!a.js null it stands in an extra field of its own header (entry "a.js")',
    () => zipWith({ local: TEXT }),
  ],
  ['a.tgz!a.js null it stands in its comment (entry "a.js")', () => zipWith({ note: TEXT })],
  ['a.tgz null it stands in the comment of the zip file (offset 94)', () => zipWith({ end: TEXT })],
  [
    'a.tgz null it stands in what stands before the zip data (offset 0)',
    () => sampleZip({ before: `PK\x03\x04${TEXT}` }),
  ],
];

describe('text that is no file', () => {
  it.each(PLACES)('%s', async (place, make) => {
    expect(await told(make())).toEqual([place]);
  });

  it('is nothing to tell where it is not secret', async () => {
    const name = Buffer.from('a-package-1.0.0.tar');
    expect(await told(gzipWith({ name, comment: Buffer.from('packed by hand') }))).toEqual([]);
    expect(await told(paxTar('g', record('comment', 'd0'.repeat(20))))).toEqual([]);
    expect(await told(zipWith({ note: name, local: name, central: name }))).toEqual([]);
  });

  it('is found beside many others', async () => {
    const members = Array.from({ length: 3000 }, (_, at) => ({
      path: `package/lib/file-${at}.js`,
    }));
    members.splice(2000, 0, { path: `package/${TOKEN}.js` });
    expect(await told(sampleTar(members))).toEqual([
      'a.tgz null it stands in the path of a packed file',
    ]);
  });

  it('of a container inside is told with its path', async () => {
    const inner = gzipWith({ comment: TEXT });
    const outer = Buffer.from(sampleTar([{ path: 'x', text: ' '.repeat(inner.length) }]));
    inner.copy(outer, 512);
    expect(await told(outer)).toEqual([
      'a.tgz!x null it stands in the comment of a gzip header (offset 0)',
    ]);
  });

  it('that is more than is looked at is held', async () => {
    const comment = Buffer.alloc(5 * 1024 * 1024, 'a comment ');
    const bytes = gzipWith({ comment });
    const limits = DEFAULT_UNPACK_LIMITS;
    const entries = readContainer(bytesAsRandomAccess(bytes), { limits, name: 'content' });
    const file = { file: 'a.gz', sha256: '0'.repeat(64) as never, sizeBytes: bytes.length };
    const { findings } = await inspectFile({ ...file, form: 'archive', entries }, 'plausible');
    expect(findings).toMatchObject([{ rule: 'trailing-data', effect: 'hold' }]);
  });
});
