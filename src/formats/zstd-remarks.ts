/** Walks the frames of a zstd stream (RFC 8878 section 3.1) as it is packed, for those that
 * decompressors skip: they hold whatever somebody has put there. */
import { type ArchiveRemarks, REMARKS_BYTES } from './archive-remarks.ts';
import type { PackedWatcher } from './gzip-remarks.ts';

/** What the walk wants next: bytes to look at, or bytes to leave out. */
interface Step {
  readonly kind: 'take' | 'skip';
  readonly sizeBytes: number;
}

const SKIPPABLE = 0x184d2a50;
const FRAME = 0xfd2fb528;
const CHECKSUM = 0x04;
const SINGLE_SEGMENT = 0x20;
const RLE = 1;

/** A watcher that tells `remarks` of each skippable frame. What is no zstd ends the walk; the
 * decompressor refuses it. */
export function watchZstd(remarks: ArchiveRemarks): PackedWatcher {
  let offset = 0;
  const walk = walkFrames((start, content) => {
    remarks.add({ where: `offset ${start}`, what: 'a skippable frame of zstd' }, content);
  });
  let step = walk.next().value ?? null;
  let taken: Buffer[] = [];
  let missing = step?.sizeBytes ?? 0;
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length && step !== null; ) {
        const piece = chunk.subarray(at, at + missing);
        if (step.kind === 'take') taken.push(Buffer.from(piece));
        at += piece.length;
        missing -= piece.length;
        offset += piece.length;
        while (missing === 0 && step !== null) {
          const bytes: Buffer = Buffer.concat(taken);
          taken = [];
          step = walk.next({ bytes, offset }).value ?? null;
          missing = step?.sizeBytes ?? 0;
        }
      }
    },
    finish() {
      // a frame that is cut: the decompressor says so, and what is there is looked at
      if (step?.kind === 'take' && taken.length > 0) {
        remarks.add(
          { where: `offset ${offset}`, what: 'the end of zstd data' },
          Buffer.concat(taken),
        );
      }
    },
  };
}

/** What a step has got, and where in the stream it ended. */
interface Got {
  readonly bytes: Buffer;
  readonly offset: number;
}

function* walkFrames(
  tell: (offset: number, content: Buffer) => void,
): Generator<Step, undefined, Got> {
  const take = (sizeBytes: number): Step => ({ kind: 'take', sizeBytes });
  const skip = (sizeBytes: number): Step => ({ kind: 'skip', sizeBytes });
  for (;;) {
    const magic = (yield take(4)).bytes.readUInt32LE();
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      const { bytes, offset } = yield take(4);
      const sizeBytes = bytes.readUInt32LE();
      // one more than is handed on, so that it is told where that is too much
      const shown = Math.min(sizeBytes, REMARKS_BYTES + 1);
      tell(offset - 8, (yield take(shown)).bytes);
      yield skip(sizeBytes - shown);
      continue;
    }
    if (magic !== FRAME) return;
    const descriptor = (yield take(1)).bytes[0] ?? 0;
    yield skip(headerRest(descriptor));
    for (let isLast = false; !isLast; ) {
      const block = (yield take(3)).bytes.readUIntLE(0, 3);
      isLast = (block & 1) === 1;
      yield skip(((block >> 1) & 3) === RLE ? 1 : block >> 3);
    }
    yield skip((descriptor & CHECKSUM) === 0 ? 0 : 4);
  }
}

/** Bytes of a frame header behind its descriptor: window, dictionary id, content size. */
function headerRest(descriptor: number): number {
  const isSingle = (descriptor & SINGLE_SEGMENT) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const size = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  return (isSingle ? 0 : 1) + dictionary + size;
}
