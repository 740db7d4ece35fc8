import { generateKeyPairSync, sign } from 'node:crypto';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { signCheckpoint } from '../src/tlog/checkpoint.ts';
import { hashLeaf } from '../src/tlog/leaf.ts';
import type { NoteSigner } from '../src/tlog/note.ts';
import { createVerifierKey, type NoteAlgorithm } from '../src/tlog/note-key.ts';
import { formatTlogProof } from '../src/tlog/tlog-proof.ts';
import { appendLeaf, inclusionProof, type NodeReader, rootAt } from '../src/tlog/tree.ts';

/** A fresh key that signs notes under `name`. */
export async function generateNoteSigner(
  name: string,
  algorithm: NoteAlgorithm = 'ed25519',
): Promise<NoteSigner> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  return {
    key: await createVerifierKey(nodeCrypto, name, algorithm, raw),
    sign: async (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** A log in memory, built with the same functions as the ledger. */
export interface MemoryLog {
  readonly signer: NoteSigner;
  readonly entries: Uint8Array[];
  readonly leafHashes: Uint8Array[];
  readonly nodes: Map<string, Uint8Array>;
  readonly readNode: NodeReader;
  append(entry: Uint8Array): Promise<void>;
  /** The signed checkpoint of the first `size` entries. */
  checkpoint(size?: number): Promise<string>;
  /** The `.tlog-proof` of one entry against the checkpoint of `size`. */
  proof(index: number, size?: number): Promise<string>;
}

/** An empty log under `origin`, with a fresh key. */
export async function createMemoryLog(origin = 'log.example/ledger'): Promise<MemoryLog> {
  const signer = await generateNoteSigner(origin);
  const nodes = new Map<string, Uint8Array>();
  const entries: Uint8Array[] = [];
  const leafHashes: Uint8Array[] = [];
  const readNode: NodeReader = async (level, index) => nodes.get(`${level}/${index}`);
  const checkpoint = async (size = entries.length) => {
    const root = await rootAt(nodeCrypto, size, readNode);
    return signCheckpoint({ origin, size, root, extensions: [] }, signer);
  };
  return {
    signer,
    entries,
    leafHashes,
    nodes,
    readNode,
    checkpoint,
    append: async (entry) => {
      const leafHash = await hashLeaf(nodeCrypto, entry);
      for (const node of await appendLeaf(nodeCrypto, entries.length, leafHash, readNode)) {
        const place = `${node.level}/${node.index}`;
        if (nodes.has(place)) throw new Error(`node ${place} was written twice`);
        nodes.set(place, node.hash);
      }
      entries.push(entry);
      leafHashes.push(leafHash);
    },
    proof: async (index, size = entries.length) =>
      formatTlogProof({
        index,
        hashes: await inclusionProof(nodeCrypto, index, size, readNode),
        checkpoint: await checkpoint(size),
      }),
  };
}

/** A log of `size` entries, `entry 0` and so on. */
export async function createFilledLog(size: number, origin?: string): Promise<MemoryLog> {
  const log = await createMemoryLog(origin);
  for (let index = 0; index < size; index++) {
    await log.append(new TextEncoder().encode(`entry ${index}`));
  }
  return log;
}

/** `bytes` with one bit the other way round. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const at = Math.floor(bit / 8) % flipped.length;
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit % 8));
  return flipped;
}
