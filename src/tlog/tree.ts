import type { Hasher } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { emptyRoot, HASH_BYTES, hashNode, highestLevel } from './leaf.ts';

/**
 * The hash of one complete subtree: `level` 0 holds leaf hashes, and the node at (`level`,
 * `index`) covers the 2^level entries from `index` * 2^level on. Once it exists it never changes.
 */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** Reads the hash of a complete subtree; undefined where the store has none. */
export type NodeReader = (level: number, index: number) => Promise<Uint8Array | undefined>;

/**
 * What appending `leafHash` to a tree of `size` entries completes: the leaf itself and each
 * subtree that ends with it, lowest level first. The caller stores them together with the entry,
 * in one transaction. Reads at most log2(`size`) nodes. Throws `ledger-corrupt` when a node that
 * the tree must have is missing.
 */
export async function appendLeaf(
  hasher: Hasher,
  size: number,
  leafHash: Uint8Array,
  readNode: NodeReader,
): Promise<TreeNode[]> {
  requireSize(size);
  const nodes: TreeNode[] = [{ level: 0, index: size, hash: leafHash }];
  let hash = leafHash;
  let index = size;
  for (let level = 0; index % 2 === 1; level++) {
    hash = await hashNode(hasher, await requireNode(readNode, level, index - 1), hash);
    index = (index - 1) / 2;
    nodes.push({ level: level + 1, index, hash });
  }
  return nodes;
}

/**
 * Root of the first `size` entries; the empty root for 0. Throws `ledger-corrupt` when a node is
 * missing. RFC 6962 section 2.1.
 */
export async function rootAt(
  hasher: Hasher,
  size: number,
  readNode: NodeReader,
): Promise<Uint8Array> {
  requireSize(size);
  return size === 0 ? emptyRoot(hasher) : hashRange(hasher, 0, size, readNode);
}

/**
 * Proof that entry `index` is in the tree of the first `size` entries, the leaf's sibling first;
 * empty for a tree of one entry. Throws `not-found` when the tree has no such entry and
 * `ledger-corrupt` when a node is missing. RFC 6962 section 2.1.1.
 */
export async function inclusionProof(
  hasher: Hasher,
  index: number,
  size: number,
  readNode: NodeReader,
): Promise<Uint8Array[]> {
  requireSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new CountersignError(
      'not-found',
      `expected an entry below ${size} for a tree of that size, found ${index}`,
    );
  }
  const fromRoot: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      fromRoot.push(await hashRange(hasher, middle, end, readNode));
      end = middle;
    } else {
      fromRoot.push(await hashRange(hasher, start, middle, readNode));
      start = middle;
    }
  }
  return fromRoot.reverse();
}

/**
 * Proof that the tree of `newSize` entries begins with the tree of `oldSize` entries. Empty when
 * the sizes are equal, and for `oldSize` 0, where there is nothing to prove. Throws `usage` when
 * `oldSize` is the larger, `ledger-corrupt` when a node is missing. RFC 6962 section 2.1.2.
 */
export async function consistencyProof(
  hasher: Hasher,
  oldSize: number,
  newSize: number,
  readNode: NodeReader,
): Promise<Uint8Array[]> {
  requireSize(oldSize);
  requireSize(newSize);
  if (oldSize > newSize) {
    throw new CountersignError(
      'usage',
      `expected an older tree of at most ${newSize} entries, found ${oldSize}`,
    );
  }
  if (oldSize === 0) return [];
  const fromRoot: Uint8Array[] = [];
  let start = 0;
  let end = newSize;
  while (oldSize !== end) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      fromRoot.push(await hashRange(hasher, middle, end, readNode));
      end = middle;
    } else {
      fromRoot.push(await hashRange(hasher, start, middle, readNode));
      start = middle;
    }
  }
  // From the left border on, the old root itself is the node, and the verifier has it.
  if (start > 0) fromRoot.push(await hashRange(hasher, start, end, readNode));
  return fromRoot.reverse();
}

/**
 * Root over leaf hashes by the definition of RFC 6962 section 2.1, word for word. Needs all of
 * them in memory; the reference that tests hold the rest of this folder against.
 */
export async function treeHead(
  hasher: Hasher,
  leafHashes: readonly Uint8Array[],
): Promise<Uint8Array> {
  const [only] = leafHashes;
  if (only === undefined) return emptyRoot(hasher);
  if (leafHashes.length === 1) return only;
  const k = splitPoint(leafHashes.length);
  return hashNode(
    hasher,
    await treeHead(hasher, leafHashes.slice(0, k)),
    await treeHead(hasher, leafHashes.slice(k)),
  );
}

/** The growing right edge of a tree: all that is needed to go on hashing, log2(size) hashes. */
export interface RightEdge {
  /** Entries so far. */
  size(): number;
  /** Adds a leaf; returns what `appendLeaf` would, without reading anything. */
  append(leafHash: Uint8Array): Promise<TreeNode[]>;
  /** Root over all entries so far; the empty root where there are none. */
  root(): Promise<Uint8Array>;
}

/** A right edge without entries, to recompute a whole log in O(log n) memory. */
export function createRightEdge(hasher: Hasher): RightEdge {
  let size = 0;
  const edge: TreeNode[] = [];
  const readEdge: NodeReader = async (level, index) =>
    edge.find((node) => node.level === level && node.index === index)?.hash;
  return {
    size: () => size,
    append: async (leafHash) => {
      const nodes = await appendLeaf(hasher, size, leafHash, readEdge);
      size += 1;
      // Each level above the leaf has swallowed the node to its left.
      edge.length -= nodes.length - 1;
      edge.push(...nodes.slice(-1));
      return nodes;
    },
    root: () => rootAt(hasher, size, readEdge),
  };
}

/** MTH(D[start:end]) from complete subtrees; `start` is a multiple of the range's first subtree. */
async function hashRange(
  hasher: Hasher,
  start: number,
  end: number,
  readNode: NodeReader,
): Promise<Uint8Array> {
  const subtrees: Uint8Array[] = [];
  let rest = start;
  while (rest < end) {
    const level = highestLevel(end - rest);
    const width = 2 ** level;
    subtrees.push(await requireNode(readNode, level, rest / width));
    rest += width;
  }
  let hash = subtrees.pop();
  if (hash === undefined) throw new CountersignError('internal', 'an empty range has no hash');
  for (const left of subtrees.reverse()) hash = await hashNode(hasher, left, hash);
  return hash;
}

/** The largest power of two below `n`, for `n` of at least 2. */
function splitPoint(n: number): number {
  return 2 ** highestLevel(n - 1);
}

async function requireNode(
  readNode: NodeReader,
  level: number,
  index: number,
): Promise<Uint8Array> {
  const hash = await readNode(level, index);
  if (hash?.length === HASH_BYTES) return hash;
  throw new CountersignError(
    'ledger-corrupt',
    `expected a ${HASH_BYTES}-byte hash of the ledger's node at level ${level}, index ${index}, found ${hash === undefined ? 'none' : `${hash.length} bytes`}`,
    { hint: 'run audit verify, and restore the ledger from a backup' },
  );
}

function requireSize(size: number): void {
  if (Number.isSafeInteger(size) && size >= 0) return;
  throw new CountersignError('usage', `expected a tree size, found ${size}`);
}
