import type { Hasher } from '../core/crypto.ts';
import { concatBytes } from '../formats/bytes.ts';

const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);

/** Bytes of every hash in the tree. */
export const HASH_BYTES = 32;

/** Hash of one entry: SHA-256(0x00, entry). RFC 6962 section 2.1. */
export function hashLeaf(hasher: Hasher, entry: Uint8Array): Promise<Uint8Array> {
  return hasher.sha256(concatBytes(LEAF_PREFIX, entry));
}

/** Hash of an inner node: SHA-256(0x01, left, right). RFC 6962 section 2.1. */
export function hashNode(hasher: Hasher, left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return hasher.sha256(concatBytes(NODE_PREFIX, left, right));
}

/** Root of the tree without entries: SHA-256 of nothing. RFC 6962 section 2.1. */
export function emptyRoot(hasher: Hasher): Promise<Uint8Array> {
  return hasher.sha256(new Uint8Array(0));
}

/**
 * Level of the largest complete subtree that `entries` can hold: the exponent of the largest
 * power of two that is not above it. `entries` is at least 1. `Math.log2` rounds near 2^53.
 */
export function highestLevel(entries: number): number {
  let level = 0;
  while (2 ** (level + 1) <= entries) level++;
  return level;
}
