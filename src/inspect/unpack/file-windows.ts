/** The windows of a file that is too large to lie in memory at once. */
import { endsAsZip } from '../../formats/container-format.ts';
import type { GatherMemory } from '../../formats/gather-memory.ts';
import type { UnpackedPart } from './unpack.ts';
import type { UnpackLimits } from './unpack-limits.ts';
import { startOfNext } from './window-start.ts';

/** Bytes that are asked for at a time. */
export const STEP_BYTES: number = 64 * 1024;

/** How to cut; `outer` is the path of the container with a `!` behind it, or empty. */
interface WindowOptions {
  readonly outer: string;
  readonly limits: UnpackLimits;
  /** What the later windows lie in. */
  readonly windowMemory: GatherMemory;
}

/** Exactly so many bytes: where a window ends may not depend on what was read before. */
function roomIn(memory: GatherMemory, sizeBytes: number): Uint8Array {
  if (memory.bytes.length < sizeBytes) memory.bytes = new Uint8Array(sizeBytes);
  return memory.bytes.subarray(0, sizeBytes);
}

/** The windows of a large file, good until the next is asked for. */
export async function* windows(
  path: string,
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
  { outer, limits, windowMemory }: WindowOptions,
): AsyncGenerator<UnpackedPart, void, undefined> {
  let content = first;
  let offset = 0;
  // one for all windows but the first, which the rules about files still want
  let buffer: Uint8Array | null = null;
  const told = (isLast: boolean, overlap = 0): UnpackedPart => {
    return { kind: 'window', outer, path, content, offset, isLast, overlap };
  };
  for await (const piece of rest) {
    if (buffer === null || content.length + piece.length > buffer.length) {
      const tail = content.subarray(startOfNext(content, limits.overlapBytes));
      yield told(false, tail.length);
      offset += content.length - tail.length;
      buffer ??= roomIn(windowMemory, Math.max(limits.windowBytes, tail.length + STEP_BYTES));
      buffer.set(tail);
      content = buffer.subarray(0, tail.length);
    }
    buffer.set(piece, content.length);
    content = buffer.subarray(0, content.length + piece.length);
  }
  yield told(true);
  if (endsAsZip(content, offset)) {
    const reason = 'a zip file stands at its end, behind too many other bytes to be read';
    yield { kind: 'unread', path: `${outer}${path}`, reason, isOwn: false };
  }
}
