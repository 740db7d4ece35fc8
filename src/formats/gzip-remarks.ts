/**
 * Finds the fields of gzip headers (RFC 1952 section 2.3) in a stream as it is packed: the first, and
 * those of later members. Where a member ends only its decompressor knows, so headers are found by
 * their magic bytes; where those stand by chance, a few bytes of packed data are looked at in vain.
 */
import { type ArchiveRemarks, REMARKS_BYTES } from './archive-remarks.ts';

/** Sees packed bytes as they go to the decompressor. */
export interface PackedWatcher {
  push(chunk: Uint8Array): void;
  /** Nothing comes any more. */
  finish(): void;
}

const MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const [EXTRA, NAME, COMMENT, RESERVED] = [0x04, 0x08, 0x10, 0xe0];
const HEAD_BYTES = 10;
const EXTRA_MAX_BYTES = 0xffff;
/** A header that is longer has a field of more bytes than are handed on. */
const HEADER_MAX_BYTES = REMARKS_BYTES + 2 * EXTRA_MAX_BYTES;

/** Bytes of fields that are looked at in one stream. Magic bytes in the field of others make fields that
 * overlap: without an end a stream of nothing else would cost its length times itself. */
const LOOKED_MAX_BYTES = 4 * REMARKS_BYTES;

/** A watcher that tells `remarks` of each field. */
export function watchGzip(remarks: ArchiveRemarks): PackedWatcher {
  /** The last bytes of what was looked at, or a header that goes on. */
  let held: Buffer = Buffer.alloc(0);
  let later: Buffer[] = [];
  let laterBytes = 0;
  /** Bytes to wait for, so that small pieces are not put together over and over. */
  let wantedBytes = 0;
  /** Of the first byte of `held`. */
  let offset = 0;
  let looked = 0;

  function keep(bytes: Buffer, from: number, wanted: number): void {
    held = Buffer.from(bytes.subarray(from));
    offset += from;
    wantedBytes = wanted;
  }

  function look(bytes: Buffer, isLast: boolean): void {
    for (let at = bytes.indexOf(MAGIC); at !== -1; at = bytes.indexOf(MAGIC, at + 1)) {
      if (looked > LOOKED_MAX_BYTES) {
        remarks.giveUp({ where: `offset ${offset + at}` });
        break;
      }
      const fields = fieldsAt(bytes, at);
      const isWhole = fields.every(({ end }) => end <= bytes.length);
      if (!isWhole && !isLast && bytes.length - at <= HEADER_MAX_BYTES) {
        keep(bytes, at, bytes.length - at);
        return;
      }
      for (const { what, start, end } of fields) {
        looked += Math.max(0, Math.min(end, bytes.length) - start);
        remarks.add({ where: `offset ${offset + at}`, what }, bytes.subarray(start, end));
      }
    }
    keep(bytes, Math.max(0, bytes.length - MAGIC.length + 1), 0);
  }

  function lookAtAll(isLast: boolean): void {
    const bytes = Buffer.concat([held, ...later]);
    later = [];
    laterBytes = 0;
    look(bytes, isLast);
  }

  return {
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      // nearly always nothing begins before the chunk, and it is looked at where it lies
      if (wantedBytes === 0 && bytes.length >= MAGIC.length && !startsBefore(held, bytes)) {
        offset += held.length;
        look(bytes, false);
        return;
      }
      later.push(Buffer.from(bytes));
      laterBytes += bytes.length;
      if (laterBytes >= wantedBytes) lookAtAll(false);
    },
    finish: () => lookAtAll(true),
  };
}

/** Whether a header begins in `held`, of fewer bytes than MAGIC, and goes on in `bytes`. */
function startsBefore(held: Buffer, bytes: Buffer): boolean {
  const at = Buffer.concat([held, bytes.subarray(0, MAGIC.length)]).indexOf(MAGIC);
  return at !== -1 && at < held.length;
}

interface Field {
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** The fields of what may be a header at `at`; they end behind `bytes` where they go on. */
function fieldsAt(bytes: Buffer, at: number): readonly Field[] {
  const beyond = bytes.length + 1;
  if (at + HEAD_BYTES > bytes.length) return [{ what: 'a gzip header', start: at, end: beyond }];
  const flags = bytes[at + 3] ?? 0;
  if ((flags & RESERVED) !== 0) return [];
  const fields: Field[] = [];
  let next = at + HEAD_BYTES;
  if ((flags & EXTRA) !== 0) {
    const start = next + 2;
    next = start > bytes.length ? beyond : start + bytes.readUInt16LE(next);
    fields.push({ what: 'the extra field of a gzip header', start, end: next });
  }
  for (const [flag, what] of TEXTS) {
    if ((flags & flag) === 0 || next > bytes.length) continue;
    const start = next;
    const zero = bytes.indexOf(0, start);
    next = zero === -1 ? beyond : zero + 1;
    fields.push({ what, start, end: next });
  }
  return fields;
}

const TEXTS = [
  [NAME, 'the name in a gzip header'],
  [COMMENT, 'the comment of a gzip header'],
] as const;
