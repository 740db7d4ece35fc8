import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArchiveOddity } from './archive-oddity.ts';
import { type ArchiveRemarks, createRemarks } from './archive-remarks.ts';
import { watchGzip } from './gzip-remarks.ts';
import { watchZstd } from './zstd-remarks.ts';

/** What a watcher tells of `bytes` that come in pieces of these sizes, over and over. */
function told(
  watch: typeof watchGzip,
  bytes: Uint8Array,
  sizes: readonly number[],
): readonly string[] {
  const found: string[] = [];
  const remarks: ArchiveRemarks = {
    giveUp: ({ where }) => found.push(`${where} is given up`),
    add({ where, what }, content) {
      found.push(`${where} ${what} ${Buffer.from(content).toString('latin1')}`);
    },
  };
  const watcher = watch(remarks);
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const end = at + (sizes[piece % sizes.length] ?? 1);
    watcher.push(bytes.subarray(at, end));
    at = end;
  }
  watcher.finish();
  return found;
}

const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
const word = fc.string({ minLength: 0, maxLength: 30 }).map((text) => Buffer.from(text));

function member(name: Buffer | null, comment: Buffer | null, extra: Buffer | null): Buffer {
  const plain = gzipSync('what is inside');
  const clean = (field: Buffer) => field.filter((byte) => byte !== 0);
  const size = Buffer.from([extra?.length ?? 0, 0]);
  return Buffer.concat([
    ...[Buffer.from([0x1f, 0x8b, 8, (extra ? 4 : 0) + (name ? 8 : 0) + (comment ? 16 : 0)])],
    ...[plain.subarray(4, 10), ...(extra === null ? [] : [size, extra])],
    ...[name, comment].flatMap((one) => (one === null ? [] : [clean(one), Buffer.alloc(1)])),
    plain.subarray(10),
  ]);
}

describe('fields of gzip headers', () => {
  it('that lie in each other without an end are given up, and told', () => {
    const head = Buffer.from([0x1f, 0x8b, 8, 0x10, ...Array.from({ length: 7 }, () => 0x80)]);
    const bytes = Buffer.alloc(3 * 1024 * 1024, head);
    const found = told(watchGzip, bytes, [256 * 1024]);
    expect(found.at(-1)).toMatch(/^offset \d+ is given up$/);
    expect(found.length).toBeLessThan(100);
    const codes: string[] = [];
    const watcher = watchGzip(createRemarks(({ code }) => codes.push(code), 4 * 1024 * 1024));
    watcher.push(bytes);
    watcher.finish();
    expect(codes).toEqual(['trailing-data']);
  });

  it('are those of each member, however the bytes come', () => {
    const field = fc.option(word);
    const members = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(members, pieces, (list, sizes) => {
        const bytes = Buffer.concat(list.map((one) => member(...one)));
        const whole = told(watchGzip, bytes, [bytes.length]);
        expect(told(watchGzip, bytes, sizes)).toEqual(whole);
        const count = list.flat().filter((one) => one !== null).length;
        expect(whole.length).toBeGreaterThanOrEqual(count);
      }),
    );
  });

  it('are put together from the smallest pieces', () => {
    const bytes = member(null, Buffer.alloc(128 * 1024, 'text'), null);
    expect(told(watchGzip, bytes, [1])).toEqual(told(watchGzip, bytes, [bytes.length]));
  });

  it('that go on to the end are told as far as they go', () => {
    const cut = member(null, Buffer.from('a long comment'), null).subarray(0, 20);
    expect(told(watchGzip, cut, [7])).toEqual(['offset 0 the comment of a gzip header a long com']);
  });
});

describe('skippable frames of zstd', () => {
  const frame = (content: Uint8Array, nibble: number) => {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(0x184d2a50 + nibble, 0);
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content]);
  };
  const texts = (bytes: Uint8Array, sizes: readonly number[]) =>
    told(watchZstd, bytes, sizes).map((one) =>
      one.replace(/^offset \d+ a skippable frame of zstd /, ''),
    );

  it('are all that stand between frames, however the bytes come', () => {
    const data = fc.uint8Array({ maxLength: 3000 }).map((bytes) => zstdCompressSync(bytes));
    const list = fc.array(fc.oneof(data, word), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, fc.nat(15), pieces, (parts, nibble, sizes) => {
        const isData = (one: Uint8Array) =>
          Buffer.from(one).indexOf('(\xb5/\xfd', 0, 'latin1') === 0;
        const bytes = Buffer.concat(parts.map((one) => (isData(one) ? one : frame(one, nibble))));
        const expected = parts.filter((one) => !isData(one)).map((one) => one.toString('latin1'));
        expect(texts(bytes, sizes)).toEqual(expected);
      }),
    );
  });

  it('are found behind blocks of each kind', () => {
    const runs = zstdCompressSync(Buffer.alloc(500_000));
    const noise = zstdCompressSync(
      Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at * 31 + (at >> 3)) & 255)),
    );
    const bytes = Buffer.concat([runs, noise, frame(Buffer.from('behind'), 0)]);
    expect(texts(bytes, [4096])).toEqual(['behind']);
  });
});

describe('remarks', () => {
  it('are told once where they repeat, not at all where they are no text, and up to a bound', () => {
    const told: ArchiveOddity[] = [];
    const remarks = createRemarks((oddity) => told.push(oddity), 40);
    const add = (bytes: Uint8Array) => remarks.add({ where: 'here', what: 'a comment' }, bytes);
    for (const text of [
      'a first remark',
      'a first remark',
      'short',
      '\0\x01\x02',
      'a second remark',
    ]) {
      add(Buffer.from(text));
    }
    for (const text of ['far more than there is room for', 'and more of that'])
      add(Buffer.from(text));
    expect(
      told.map(({ code, content }) => `${code} ${Buffer.from(content ?? []).toString()}`),
    ).toEqual(['remark a first remark', 'remark a second remark', 'trailing-data ']);
  });

  it('in two bytes a character are text', () => {
    const told: ArchiveOddity[] = [];
    const bytes = Buffer.from('a text in UTF-16', 'utf16le');
    createRemarks((oddity) => told.push(oddity)).add({ where: 'here', what: 'it' }, bytes);
    expect(told).toHaveLength(1);
  });
});
