/** Archives whose headers lie, or whose names do. */
import { gzipSync } from 'node:zlib';
import { makeTar, makeTarGz, makeZip, paxRecord, tarBlock } from '../archives.ts';
import { type Sample, sample } from './sample.ts';

const TEXT = 'export {};\n'.repeat(40);
const END = Buffer.alloc(1024);

function tgz(...blocks: Buffer[]): Buffer {
  return gzipSync(Buffer.concat([...blocks, END]));
}

/** A tar header whose size field has these bytes. */
function sized(field: Buffer): Buffer {
  const block = Buffer.from(tarBlock({ name: 'package/a.js' }));
  field.copy(block, 124);
  block.write(' '.repeat(8), 148);
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A zip64 extra field (APPNOTE 4.5.3) with these numbers. */
function zip64(...numbers: bigint[]): Buffer {
  const bytes = Buffer.alloc(4 + 8 * numbers.length);
  bytes.writeUInt16LE(1, 0);
  bytes.writeUInt16LE(8 * numbers.length, 2);
  numbers.forEach((one, at) => bytes.writeBigUInt64LE(one, 4 + 8 * at));
  return bytes;
}

/** Four bytes of the file replaced, at the n-th place of `magic` and an offset behind it. */
function patched(bytes: Buffer, magic: string, offset: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, copy.indexOf(magic, 0, 'latin1') + offset);
  return copy;
}

const ZIP = makeZip([{ path: 'a.js', content: TEXT }]);

/** All of them. */
export const LIARS: readonly Sample[] = [
  sample('tar-claims-8-gib.tgz', 3, /ends early|\(limit: entryBytes\)/, () =>
    tgz(sized(Buffer.from('77777777777\0'))),
  ),
  sample('tar-claims-2-to-the-63.tgz', 3, /not a number/, () =>
    tgz(sized(Buffer.from('800000007fffffffffffffff', 'hex'))),
  ),
  sample('tar-claims-a-negative-size.tgz', 3, /not a number/, () =>
    tgz(sized(Buffer.from('ffffffffffffffffffffff00', 'hex'))),
  ),
  sample('pax-size-above-the-file.tgz', 1, /archive-disagreement/, () =>
    tgz(
      tarBlock({ name: 'x', type: 'x', content: paxRecord('size', '999999') }),
      tarBlock({ name: 'package/a.js', content: TEXT }),
    ),
  ),
  sample('pax-header-of-1-gib.tgz', 3, /header extension of 1073741824 bytes/, () =>
    tgz(tarBlock({ name: 'x', type: 'x', sizeBytes: 2 ** 30 })),
  ),
  sample('pax-headers-in-a-row.tgz', 3, /more than 8 extension headers/, () =>
    tgz(...Array.from({ length: 1000 }, () => tarBlock({ name: 'x', type: 'x' }))),
  ),
  sample('pax-path-of-60-kib.tgz', 3, /\(limit: pathBytes\)/, () =>
    tgz(
      tarBlock({ name: 'x', type: 'x', content: paxRecord('path', 'p'.repeat(60_000)) }),
      tarBlock({ name: 'a' }),
    ),
  ),
  sample('gnu-sparse.tgz', 3, /tar type "S"/, () =>
    tgz(tarBlock({ name: 'package/a', type: 'S', content: TEXT, magic: 'ustar  \0' })),
  ),
  sample('pax-sparse.tgz', 3, /pax record "GNU.sparse/, () =>
    tgz(
      tarBlock({ name: 'x', type: 'x', content: paxRecord('GNU.sparse.realsize', '9999999999') }),
      tarBlock({ name: 'package/a', content: TEXT }),
    ),
  ),
  sample('tar-wrong-checksum.tgz', 3, /wrong checksum/, () => {
    const block = Buffer.from(tarBlock({ name: 'package/a.js', content: TEXT }));
    block.writeUInt8(0x58, 3);
    return tgz(block);
  }),
  sample('second-tar-behind-the-end.tgz', 1, /data follows the end of the tar archive/, () =>
    tgz(tarBlock({ name: 'a', content: TEXT }), END, tarBlock({ name: 'b', content: TEXT })),
  ),
  sample('duplicate-path.tgz', 1, /is in the archive twice/, () =>
    tgz(tarBlock({ name: 'a', content: 'one' }), tarBlock({ name: './a', content: 'two' })),
  ),
  sample('older-than-ustar.tgz', 3, /neither ustar nor GNU/, () => {
    const block = Buffer.from(tarBlock({ name: 'package/.env', content: TEXT }));
    block.fill(0, 257, 265).write(' '.repeat(8), 148);
    const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return tgz(block);
  }),
  sample('noise-before-a-tar.gz', 1, /tar header where some unpackers begin to read/, () =>
    tgz(Buffer.alloc(512, 'n'), tarBlock({ name: 'package/a.js', content: TEXT })),
  ),
  sample('picture-with-a-zip.png', 1, /trailing-data/, () =>
    Buffer.concat([
      Buffer.from('\x89PNG\r\n', 'latin1'),
      Buffer.alloc(1000, 7),
      makeZip([{ path: '.env', content: 'A=b' }], { comment: 'hello' }),
    ]),
  ),
  sample('zip-behind-9-mib.bin', 3, /a zip file stands at its end/, () =>
    Buffer.concat([Buffer.alloc(9 * 1024 * 1024, 7), ZIP]),
  ),
  sample('wrong-crc.zip', 3, /CRC-32 disagree/, () =>
    makeZip([{ path: 'a.js', content: TEXT, crc: 1 }]),
  ),
  sample('size-too-small.zip', 3, /cannot be unpacked|expected 3 bytes/, () =>
    makeZip([{ path: 'a.js', content: TEXT, sizeBytes: 3 }]),
  ),
  sample('size-too-large.zip', 3, /expected 1000000 bytes, found 440/, () =>
    makeZip([{ path: 'a.js', content: TEXT, sizeBytes: 1_000_000 }]),
  ),
  sample('size-of-4-gib.zip', 3, /limit: ratio|limit: entryBytes|no sound zip/, () =>
    makeZip([{ path: 'a.js', content: TEXT, sizeBytes: 0xfffffffe }]),
  ),
  sample('two-names.zip', 1, /archive-disagreement/, () =>
    makeZip([{ path: 'a.js', localPath: 'b.js', content: TEXT }]),
  ),
  sample('two-crcs.zip', 1, /archive-disagreement/, () => patched(ZIP, 'PK\x03\x04', 14, 7)),
  sample('entries-too-few.zip', 3, /no sound zip file|header-disagreement/, () =>
    makeZip([{ path: 'a.js', content: TEXT }], { entries: 9 }),
  ),
  sample('zip64-sizes.zip', 1, /archive-disagreement[^]*unread: .*limit: unpackedBytes/, () =>
    patched(
      makeZip([{ path: 'a.js', content: TEXT, extra: zip64(2n ** 62n, 2n ** 62n) }]),
      'PK\x01\x02',
      24,
      0xffffffff,
    ),
  ),
  sample('zip64-offset.zip', 1, /trailing-data[^]*unread: .*no sound zip file/, () =>
    patched(
      makeZip([{ path: 'a.js', content: TEXT, extra: zip64(2n ** 60n) }]),
      'PK\x01\x02',
      42,
      0xffffffff,
    ),
  ),
  sample('descriptor-lies.zip', 1, /archive-disagreement/, () =>
    patched(makeZip([{ path: 'a', content: TEXT, descriptor: true }]), 'PK\x07\x08', 4, 7),
  ),
  sample('encrypted.zip', 1, /is encrypted/, () =>
    makeZip([{ path: 'a.js', content: TEXT, flags: 0x801 }]),
  ),
  sample('method-99.zip', 1, /compressed by method 99/, () =>
    makeZip([{ path: 'a.js', content: TEXT, method: 99 }]),
  ),
  sample('second-zip-behind.zip', 1, /stand before the zip data/, () => Buffer.concat([ZIP, ZIP])),
  sample('case-collision.tgz', 1, /case/, () =>
    makeTarGz([
      { path: 'package/Readme', content: '1' },
      { path: 'package/README', content: '2' },
    ]),
  ),
  sample('bidi-name.tgz', 1, /deceptive-name/, () =>
    makeTarGz([{ path: 'package/\u202esj.exe', content: '1' }]),
  ),
  sample('links-and-devices.tgz', 1, /\/etc\/passwd/, () =>
    makeTarGz([
      { header: { name: 'a', type: 'symlink', linkname: '/etc/passwd' } },
      { header: { name: 'b', type: 'character-device', devmajor: 1, devminor: 3 } },
      { header: { name: 'c', type: 'fifo' } },
      { header: { name: 'd', type: 'link', linkname: '../../x' } },
    ]),
  ),
  sample('paths-that-lead-out.tar', 1, /is absolute[^]*leads out of its folder/, () =>
    makeTar([
      { path: '../../etc/cron.d/a', content: 'x' },
      { path: '/etc/b', content: 'x' },
    ]),
  ),
];
