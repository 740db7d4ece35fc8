import type { Hasher } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { equalBytes } from '../formats/bytes.ts';
import { HASH_BYTES, hashNode, highestLevel } from './leaf.ts';

/** The claim that the entry with `leafHash` is number `index` (from 0) of the tree `root`. */
export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** The claim that the tree `root2` begins with the tree `root1`. */
export interface ConsistencyClaim {
  readonly size1: number;
  readonly size2: number;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Returns when the proof shows the claim, and throws `proof-invalid` with the reason when it does
 * not. At most 53 hashes are read, however long the proof. RFC 9162 section 2.1.3.2.
 */
export async function verifyInclusion(hasher: Hasher, claim: InclusionClaim): Promise<void> {
  const { index, size, leafHash, root, proof } = claim;
  requireCount('entry index', index);
  requireCount('tree size', size);
  if (index >= size) {
    throw invalid(`expected an entry below tree size ${size}, found ${index}`);
  }
  requireHashes([leafHash, root]);

  let hash = leafHash;
  const path = createPath(index, size - 1);
  for (const sibling of proof) {
    const side = path.next();
    if (side === 'end') throw invalid(`proof of entry ${index} is longer than the tree is high`);
    requireHashes([sibling]);
    hash = await (side === 'left'
      ? hashNode(hasher, sibling, hash)
      : hashNode(hasher, hash, sibling));
  }
  if (!path.ended()) throw invalid(`proof of entry ${index} ends below the root`);
  if (!equalBytes(hash, root)) {
    throw invalid(`proof of entry ${index} leads to another root than that of size ${size}`);
  }
}

/**
 * Returns when the proof shows the claim, and throws `proof-invalid` with the reason when it does
 * not. `size1` of 0 is refused: the empty tree is a prefix of every tree, so nothing is shown.
 * RFC 9162 section 2.1.4.2.
 */
export async function verifyConsistency(hasher: Hasher, claim: ConsistencyClaim): Promise<void> {
  const { size1, size2, root1, root2, proof } = claim;
  requireCount('older tree size', size1);
  requireCount('newer tree size', size2);
  if (size1 === 0) throw invalid('a proof from the empty tree shows nothing');
  if (size1 > size2) throw invalid(`expected an older tree of at most ${size2}, found ${size1}`);
  if (size1 === size2) {
    if (proof.length > 0) throw invalid('expected no hashes between trees of one size');
    if (!equalBytes(root1, root2)) throw invalid(`two roots claim to be that of size ${size1}`);
    return;
  }
  requireHashes([root1, root2]);

  const path = createPath(size1 - 1, size2 - 1);
  path.skipComplete();
  // Where the old tree is complete its root is the first node, and the proof leaves it out.
  const isComplete = size1 === 2 ** highestLevel(size1);
  const [first, ...rest] = isComplete ? [root1, ...proof] : proof;
  if (first === undefined) throw invalid('expected a proof, found none');
  requireHashes([first]);
  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    const side = path.next();
    if (side === 'end') throw invalid('consistency proof is longer than the tree is high');
    requireHashes([sibling]);
    if (side === 'left') {
      oldHash = await hashNode(hasher, sibling, oldHash);
      newHash = await hashNode(hasher, sibling, newHash);
    } else {
      newHash = await hashNode(hasher, newHash, sibling);
    }
  }
  if (!path.ended()) throw invalid('consistency proof ends below the root');
  if (!equalBytes(oldHash, root1)) {
    throw invalid(`consistency proof leads to another root of size ${size1}`);
  }
  if (!equalBytes(newHash, root2)) {
    throw invalid(`consistency proof leads to another root of size ${size2}`);
  }
}

/** The way from a node up to the root: on which side each next sibling stands. */
interface Path {
  next(): 'left' | 'right' | 'end';
  ended(): boolean;
  skipComplete(): void;
}

/**
 * `node` and `last` are fn and sn of RFC 9162: the position of the node and of the tree's last
 * node, one level further up with each step. Division instead of shifts, which stop at 32 bits.
 */
function createPath(node: number, last: number): Path {
  const up = () => {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  };
  return {
    next: () => {
      if (last === 0) return 'end';
      const side = node % 2 === 1 || node === last ? 'left' : 'right';
      // A last node without a sibling is carried up unchanged until it is a right child.
      if (side === 'left') while (node % 2 === 0 && node !== 0) up();
      up();
      return side;
    },
    ended: () => last === 0,
    skipComplete: () => {
      while (node % 2 === 1) up();
    },
  };
}

function requireCount(what: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw invalid(`expected ${what} from 0 to 2^53 - 1, found ${value}`);
}

function requireHashes(hashes: readonly Uint8Array[]): void {
  for (const hash of hashes) {
    if (hash.length === HASH_BYTES) continue;
    throw invalid(`expected a hash of ${HASH_BYTES} bytes, found ${hash.length}`);
  }
}

function invalid(message: string): CountersignError {
  return new CountersignError('proof-invalid', message, {
    hint: 'do not trust what came with this proof, and keep it: it may show a rewritten log',
  });
}
