/**
 * Looks for a tar archive in what is taken for one plain file: some installers skip blocks at the
 * beginning that are none of tar, and unpack what follows.
 */
import type { ReportOddity } from './archive-oddity.ts';
import { hasTarChecksum, TAR_BLOCK_BYTES } from './tar-header.ts';

/** `chunks` as they are; the first tar header on a multiple of 512 bytes is reported. */
export async function* reportHiddenTar(
  chunks: AsyncIterable<Uint8Array>,
  report: ReportOddity,
): AsyncGenerator<Uint8Array, void, undefined> {
  const split = new Uint8Array(TAR_BLOCK_BYTES);
  let held = 0;
  let offset = 0;
  let isReported = false;
  const look = (block: Uint8Array, at: number) => {
    if (isReported || !hasTarChecksum(block)) return;
    isReported = true;
    const problem = 'has a tar header where some unpackers begin to read, behind what is none';
    report({ code: 'header-disagreement', where: `offset ${at}`, problem });
  };
  for await (const chunk of chunks) {
    let at = 0;
    while (!isReported && at < chunk.length) {
      const piece = chunk.subarray(at, at + TAR_BLOCK_BYTES - held);
      const start = offset + at - held;
      at += piece.length;
      if (held === 0 && piece.length === TAR_BLOCK_BYTES) {
        look(piece, start);
        continue;
      }
      split.set(piece, held);
      held += piece.length;
      if (held < TAR_BLOCK_BYTES) continue;
      held = 0;
      look(split, start);
    }
    offset += chunk.length;
    yield chunk;
  }
}
