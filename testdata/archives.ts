/** Builds archives for tests, sound ones and broken ones. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** A file by its text or bytes, or any other tar member by its header. */
export type Member =
  | { readonly path: string; readonly content: string | Uint8Array; readonly mode?: number }
  | { readonly header: Partial<Header> & { name: string }; readonly content?: string };

/** A tar archive, not compressed, written by tar-stream. */
export async function makeTar(members: readonly Member[]): Promise<Buffer> {
  const packer = pack();
  const chunks: Buffer[] = [];
  const done = (async () => {
    for await (const chunk of packer) chunks.push(Buffer.from(chunk as Uint8Array));
  })();
  for (const member of members) {
    if ('header' in member) packer.entry(member.header, member.content ?? '');
    else {
      packer.entry(
        { name: member.path, mode: member.mode ?? 0o644, mtime: new Date(0) },
        Buffer.from(member.content as string),
      );
    }
  }
  packer.finalize();
  await done;
  return Buffer.concat(chunks);
}

/** The same, gzip-compressed. */
export async function makeTarGz(members: readonly Member[]): Promise<Buffer> {
  return gzipSync(await makeTar(members));
}

/** One tar header with a right checksum and its padded content, for what tar-stream cannot write. */
export function tarBlock(fields: {
  name: string;
  type?: string;
  content?: string | Uint8Array;
  sizeBytes?: number;
  linkName?: string;
  magic?: string;
}): Buffer {
  const content = Buffer.from((fields.content ?? '') as string);
  const header = Buffer.alloc(512);
  header.write(fields.name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0'.repeat(2), 108);
  header.write(`${(fields.sizeBytes ?? content.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(' '.repeat(8), 148);
  header.write(fields.type ?? '0', 156);
  header.write(fields.linkName ?? '', 157);
  header.write(fields.magic ?? 'ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** A pax record with the length in front of it. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

/** A member of a zip file; what stands under `local` and `central` overrides either header. */
export interface ZipFixture {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  readonly descriptor?: boolean;
  readonly flags?: number;
  readonly mode?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly sizeBytes?: number;
  readonly localPath?: string;
  readonly extra?: Buffer;
  readonly localExtra?: Buffer;
  /** Bytes put between this member and the next. */
  readonly gap?: string;
}

/** A zip file. `comment` and `trailing` come after everything, `leading` before. */
export function makeZip(
  members: readonly ZipFixture[],
  options: { comment?: string; trailing?: string; leading?: string; entries?: number } = {},
): Buffer {
  const parts: Buffer[] = [Buffer.from(options.leading ?? '')];
  const directory: Buffer[] = [];
  let offset = parts[0]?.length ?? 0;
  for (const member of members) {
    const content = Buffer.from(member.content as string);
    const packed = member.stored === true ? content : deflateRawSync(content);
    const name = Buffer.from(member.path);
    const flags = member.flags ?? (member.descriptor === true ? 8 : 0) | 0x800;
    const sums = Buffer.alloc(12);
    sums.writeUInt32LE(member.crc ?? crc32(content), 0);
    sums.writeUInt32LE(packed.length, 4);
    sums.writeUInt32LE(member.sizeBytes ?? content.length, 8);
    const common = Buffer.alloc(10);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(member.method ?? (member.stored === true ? 0 : 8), 4);
    const localName = Buffer.from(member.localPath ?? member.path);
    const localExtra = member.localExtra ?? Buffer.alloc(0);
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      common,
      member.descriptor === true ? Buffer.alloc(12) : sums,
      lengths(localName.length, localExtra.length),
      localName,
      localExtra,
      packed,
      ...(member.descriptor === true ? [Buffer.from('PK\x07\x08', 'latin1'), sums] : []),
      Buffer.from(member.gap ?? ''),
    ]);
    const extra = member.extra ?? Buffer.alloc(0);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\x03', 'latin1'),
        common,
        sums,
        lengths(name.length, extra.length),
        tail,
        name,
        extra,
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const rows = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(options.entries ?? members.length, 8);
  end.writeUInt16LE(options.entries ?? members.length, 10);
  end.writeUInt32LE(rows.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(options.comment ?? ''), 20);
  return Buffer.concat([
    ...parts,
    rows,
    end,
    Buffer.from(options.comment ?? ''),
    Buffer.from(options.trailing ?? ''),
  ]);
}

function lengths(name: number, extra: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(name, 0);
  bytes.writeUInt16LE(extra, 2);
  return bytes;
}
