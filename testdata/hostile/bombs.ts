/** Little that becomes much: ratio, overlap, nesting, and numbers of entries. */
import { execFileSync } from 'node:child_process';
import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ZSTD_IS_CHECKED } from '../../src/formats/zlib-stream.ts';
import { makeTar, makeZip, paxRecord, tarBlock, type ZipFixture } from '../archives.ts';
import { makeGzipQuine, makeZipQuine } from './quine.ts';
import { type Sample, sample } from './sample.ts';

const MIB = 1024 * 1024;
const ZEROES = Buffer.alloc(16 * MIB);

/** One after the other, `count` times: all stream formats take that as one stream. */
function repeated(packed: Buffer, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => packed));
}

function packedBy(program: string, content: Buffer): Buffer {
  return execFileSync(program, ['-9'], { input: content, maxBuffer: 64 * MIB });
}

/** All entries of the directory share one body; their own header has one of the names. */
function makeOverlappingZip(entries: number, bodyBytes: number): Buffer {
  const one = makeZip([{ path: '0', content: Buffer.alloc(bodyBytes) }]);
  const directory = one.indexOf('PK\x01\x02', 0, 'latin1');
  const row = one.subarray(directory, one.length - 22);
  const rows = Array.from({ length: entries }, (_, at) => {
    const copy = Buffer.concat([row.subarray(0, 46), Buffer.from(String(at))]);
    copy.writeUInt16LE(String(at).length, 28);
    return copy;
  });
  return withRows(one.subarray(0, directory), rows);
}

/** Each entry's data is stored blocks that hold the headers of the next ones, then the last one's
 * data: names agree everywhere ("A better zip bomb", quoted overlap). */
function makeQuotedZip(entries: number, bodyBytes: number): Buffer {
  const content = Buffer.alloc(bodyBytes);
  let data: Buffer = deflateRawSync(content, { level: 9 });
  let crc = crc32(content);
  let sizeBytes = bodyBytes;
  const local: Buffer[] = [];
  const rows: { name: string; crc: number; packed: number; size: number; fromEnd: number }[] = [];
  let packed = data.length;
  for (let at = entries - 1; at >= 0; at -= 1) {
    const name = `f${at}`;
    const header = zipHeader('PK\x03\x04', name, { crc, packed, size: sizeBytes });
    const fromEnd = header.length + packed;
    rows.unshift({ name, crc, packed, size: sizeBytes, fromEnd });
    local.unshift(header);
    if (at === 0) break;
    const quote = Buffer.alloc(5);
    quote.writeUInt16LE(header.length, 1);
    quote.writeUInt16LE(0xffff - header.length, 3);
    local.unshift(quote);
    // the checksum of header and all that follows it, which is zeroes with headers between
    data = Buffer.concat([quote, header, data]);
    packed = data.length;
    const whole = unquoted(local.slice(1), content);
    crc = crc32(whole);
    sizeBytes = whole.length;
  }
  const body = Buffer.concat([...local, deflateRawSync(content, { level: 9 })]);
  const all = rows.map(({ fromEnd, name, ...sums }) => {
    const row = zipHeader('PK\x01\x02\x14\x03', name, sums);
    row.writeUInt32LE(body.length - fromEnd, 42);
    return row;
  });
  return withRows(body, all);
}

function unquoted(local: readonly Buffer[], content: Buffer): Buffer {
  return Buffer.concat([...local.filter((one) => one.length > 5), content]);
}

function zipHeader(
  magic: string,
  name: string,
  { crc, packed, size }: { crc: number; packed: number; size: number },
): Buffer {
  const isRow = magic.length > 4;
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(0x800, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  const tail = Buffer.alloc(isRow ? 14 : 0);
  return Buffer.concat([Buffer.from(magic, 'latin1'), bytes, tail, Buffer.from(name)]);
}

function withRows(body: Buffer, rows: readonly Buffer[]): Buffer {
  const directory = Buffer.concat(rows);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(rows.length, 8);
  end.writeUInt16LE(rows.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, directory, end]);
}

function nestZip(depth: number, width: number, leaf: Buffer): Buffer {
  let content = leaf;
  for (let level = 0; level < depth; level += 1) {
    const members = Array.from(
      { length: width },
      (_, at): ZipFixture => ({ path: `${at}.zip`, content }),
    );
    content = makeZip(members);
  }
  return content;
}

function nestGzip(depth: number): Buffer {
  let content = Buffer.from('the innermost\n');
  for (let level = 0; level < depth; level += 1) content = gzipSync(content);
  return content;
}

/** `count` times `block`, numbered from 0; gzip-compressed in pieces. */
function numberedTar(count: number, block: (number: number) => Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let start = 0; start < count; start += 10_000) {
    const length = Math.min(10_000, count - start);
    const blocks = Array.from({ length }, (_, at) => block(start + at));
    pieces.push(gzipSync(Buffer.concat(blocks), { level: 1 }));
  }
  return Buffer.concat([...pieces, gzipSync(Buffer.alloc(1024))]);
}

/** Empty members of one type named by seven digits: the checksum follows the digits. */
function emptyMembers(type: string): (number: number) => Buffer {
  const zero = tarBlock({ name: 'package/0000000', type });
  const base = Number.parseInt(zero.toString('latin1', 148, 154), 8);
  return (number) => {
    const block = Buffer.from(zero);
    const digits = String(number).padStart(7, '0');
    block.write(digits, 8);
    const sum = [...digits].reduce((total, digit) => total + Number(digit), base);
    block.write(sum.toString(8).padStart(6, '0'), 148);
    return block;
  };
}

const MANY = /more than 100000 (?:entries|files and folders) \(limit: entries\)/;
const RATIO = /unpacks to more than 200 times its packed size \(limit: ratio\)/;

const SMALL_GZIP = gzipSync('x');
const SMALL_ZIP = makeZip([{ path: 'a', content: 'x' }]);

/** All of them. */
export const BOMBS: readonly Sample[] = [
  sample('1-gib-of-zeroes.gz', 3, RATIO, () => repeated(gzipSync(ZEROES), 64)),
  sample('1-gib-of-zeroes.bz2', 3, RATIO, () => repeated(packedBy('bzip2', ZEROES), 64)),
  sample('1-gib-of-zeroes.xz', 3, RATIO, () => repeated(packedBy('xz', ZEROES), 64)),
  sample('1-gib-of-zeroes.zst', 3, ZSTD_IS_CHECKED ? RATIO : /is zstd, which this Node/, () => repeated(zstdCompressSync(ZEROES), 64)),
  sample('1-gib-of-zeroes.zip', 3, RATIO, () =>
    makeZip(Array.from({ length: 64 }, (_, at) => ({ path: `${at}`, content: ZEROES }))),
  ),
  sample('gzip-quine.gz', 3, /more than 8 containers deep \(limit: depth\)/, makeGzipQuine),
  sample('zip-quine.zip', 3, /more than 8 containers deep \(limit: depth\)/, makeZipQuine),
  sample('overlapping.zip', 1, /archive-disagreement/, () => makeOverlappingZip(2000, MIB)),
  sample('quoted-overlap.zip', 1, /archive-disagreement/, () => makeQuotedZip(200, MIB)),
  sample('nine-deep.gz', 0, /inspected inside: 1 entry/, () => nestGzip(9)),
  sample('ten-deep.gz', 3, /more than 8 containers deep/, () => nestGzip(10)),
  sample('hundred-deep.gz', 3, /more than 8 containers deep/, () => nestGzip(100)),
  sample('hundred-deep.zip', 3, /more than 8 containers deep/, () =>
    nestZip(100, 1, Buffer.from('x')),
  ),
  sample('sixteen-to-the-fifth.zip', 3, /\(limit: entries\)/, () =>
    nestZip(5, 16, Buffer.from('x')),
  ),
  sample('zip-of-zips-of-zeroes.zip', 3, /\(limit: ratio\)/, () =>
    nestZip(3, 16, makeZip([{ path: '0', content: Buffer.alloc(64 * MIB) }])),
  ),
  sample('million-files.tgz', 3, MANY, () =>
    numberedTar(1_000_000, emptyMembers('0')),
  ),
  sample('million-folders.tgz', 3, MANY, () =>
    numberedTar(1_000_000, emptyMembers('5')),
  ),
  sample('pax-headers-and-long-names.tgz', 3, MANY, () =>
    numberedTar(200_000, (at) => {
      const path = `package/${'n'.repeat(500)}${at}`;
      const content = paxRecord('path', path);
      return Buffer.concat([tarBlock({ name: 'p', type: 'x', content }), tarBlock({ name: 'f' })]);
    }),
  ),
  sample('implied-folders.tgz', 3, MANY, () =>
    numberedTar(1000, (at) => {
      const content = paxRecord('path', `${`${at}/`}${'a/'.repeat(400)}f`);
      return Buffer.concat([tarBlock({ name: 'p', type: 'x', content }), tarBlock({ name: 'f' })]);
    }),
  ),
  sample('many-small-archives.tar', 3, /\(limit: entries\)/, () =>
    makeTar(
      Array.from({ length: 60_000 }, (_, at) => ({ path: `${at}.gz`, content: SMALL_GZIP })),
    ),
  ),
  sample('many-small-zips.tar', 0, /inspected inside: 1 entry/, () =>
    makeTar(Array.from({ length: 20_000 }, (_, at) => ({ path: `${at}`, content: SMALL_ZIP }))),
  ),
];
