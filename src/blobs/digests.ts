import { createHash, type Hash } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import { isSha256, isSha512 } from '../core/names.ts';
import type { BlobDigests } from '../gateway/ports.ts';

/** All digests that a release names, over one pass. */
export interface Digester {
  update(chunk: Uint8Array): void;
  sizeBytes(): number;
  /** Call it once, last. */
  finish(): BlobDigests;
}

/** A digester that has seen no bytes. */
export function startDigests(): Digester {
  const hashes = [createHash('sha256'), createHash('sha512'), createHash('sha1')] as const;
  let sizeBytes = 0;
  return {
    update(chunk) {
      for (const hash of hashes) hash.update(chunk);
      sizeBytes += chunk.length;
    },
    sizeBytes: () => sizeBytes,
    finish: () => ({ sizeBytes, ...finish(...hashes) }),
  };
}

function finish(first: Hash, second: Hash, third: Hash): Omit<BlobDigests, 'sizeBytes'> {
  const sha256 = first.digest('hex');
  const sha512 = second.digest('hex');
  if (!isSha256(sha256) || !isSha512(sha512)) {
    throw new CountersignError('internal', 'a digest has not the length of its kind');
  }
  return { sha256, sha512, sha1: third.digest('hex') };
}
