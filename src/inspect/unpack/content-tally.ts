/** Size and digest of a file that is too large to be held, whoever reads it. */
import { createHash } from 'node:crypto';
import { requireSha256, type Sha256 } from '../../core/names.ts';

/** Told each piece once, in order. */
export interface Tally {
  add(piece: Uint8Array): void;
  /** Of all that was told; without a digest where none was asked for. Ends the tally. */
  end(): { readonly sizeBytes: number; readonly sha256?: Sha256 };
}

/** A tally that has been told `pieces`. */
export function createTally(pieces: readonly Uint8Array[], digests: boolean): Tally {
  const hash = digests ? createHash('sha256') : null;
  let sizeBytes = 0;
  const add = (piece: Uint8Array): void => {
    sizeBytes += piece.length;
    hash?.update(piece);
  };
  for (const piece of pieces) add(piece);
  return {
    add,
    end: () =>
      hash === null ? { sizeBytes } : { sizeBytes, sha256: requireSha256(hash.digest('hex')) },
  };
}
