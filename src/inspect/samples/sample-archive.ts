/** Small containers for the examples of container rules: what packers would not write, too. */
import { crc32 } from 'node:zlib';

/** A member of a sample; `type` and `linkName` are tar's. */
export interface SampleMember {
  readonly path: string;
  readonly text?: string;
  readonly type?: string;
  readonly linkName?: string;
}

const BLOCK = 512;

/** A tar archive, with these bytes behind its end. */
export function sampleTar(members: readonly SampleMember[], behind = ''): Uint8Array {
  const end = Buffer.alloc(2 * BLOCK);
  return Buffer.concat([...members.map(tarMember), end, Buffer.from(behind)]);
}

function tarMember({ path, text = '', type = '0', linkName = '' }: SampleMember): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write(linkName, 157);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

/** What a sample zip is to say about its one member. */
export interface SampleZip {
  readonly path?: string;
  /** In the header before the content, where another one stands. */
  readonly localPath?: string;
  readonly flags?: number;
  readonly method?: number;
  readonly behind?: string;
  readonly before?: string;
}

/** A zip file with one stored member. */
export function sampleZip(sample: SampleZip = {}): Uint8Array {
  const { path = 'a.js', flags = 0, method = 0 } = sample;
  const content = Buffer.from('export {};');
  const before = Buffer.from(sample.before ?? '');
  const common = Buffer.alloc(22);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  const localName = Buffer.from(sample.localPath ?? path);
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(localName.length);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, lengths, localName, content]);
  const name = Buffer.from(path);
  const row = Buffer.alloc(46);
  row.write('PK\x01\x02\x14\x03');
  common.copy(row, 6);
  row.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(row.length + name.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([before, local, row, name, end, Buffer.from(sample.behind ?? '')]);
}
