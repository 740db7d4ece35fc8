import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFilledLog, flipBit } from '../../test/tlog-fixture.ts';
import { vectorsFolder } from '../../test/tools.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { hashNode } from './leaf.ts';
import { verifyConsistency, verifyInclusion } from './proof.ts';
import { consistencyProof, inclusionProof, type NodeReader, rootAt } from './tree.ts';

// Property tests build one log and ask about any part of it.
const SIZE = 40;

interface InclusionVector {
  readonly name: string;
  readonly desc: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyVector {
  readonly name: string;
  readonly desc: string;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: string[] | null;
  readonly wantErr: boolean;
}

const vectors = vectorsFolder();
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

function readVectors<T>(name: string): T[] {
  const text = readFileSync(join(vectors ?? '', name), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function expectVerdict(verification: Promise<void>, wantErr: boolean, name: string) {
  const outcome = await verification.then(
    () => 'verified',
    (error) => error.code,
  );
  expect(`${name}: ${outcome}`).toBe(`${name}: ${wantErr ? 'proof-invalid' : 'verified'}`);
}

describe.skipIf(vectors === undefined)('the vectors of transparency-dev/merkle', () => {
  test('98 inclusion proofs, 92 of them false', async () => {
    const cases = readVectors<InclusionVector>('merkle-inclusion.jsonl');
    expect(cases.length).toBe(98);
    expect(cases.filter(({ wantErr }) => wantErr).length).toBe(92);
    for (const vector of cases) {
      const claim = {
        index: vector.leafIdx,
        size: vector.treeSize,
        leafHash: bytes(vector.leafHash),
        root: bytes(vector.root),
        proof: (vector.proof ?? []).map(bytes),
      };
      const name = `${vector.name}, ${vector.desc}`;
      await expectVerdict(verifyInclusion(nodeCrypto, claim), vector.wantErr, name);
    }
  });

  test('98 consistency proofs, 92 of them false', async () => {
    const cases = readVectors<ConsistencyVector>('merkle-consistency.jsonl');
    expect(cases.length).toBe(98);
    expect(cases.filter(({ wantErr }) => wantErr).length).toBe(92);
    for (const vector of cases) {
      const claim = {
        size1: vector.size1,
        size2: vector.size2,
        root1: bytes(vector.root1),
        root2: bytes(vector.root2),
        proof: (vector.proof ?? []).map(bytes),
      };
      const name = `${vector.name}, ${vector.desc}`;
      await expectVerdict(verifyConsistency(nodeCrypto, claim), vector.wantErr, name);
    }
  });
});

test('one flipped bit anywhere in leaf, root or proof never verifies', async () => {
  const log = await createFilledLog(SIZE);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: SIZE }),
      fc.nat(),
      fc.nat(),
      fc.nat(255),
      async (size, indexSeed, placeSeed, bit) => {
        const index = indexSeed % size;
        const root = await rootAt(nodeCrypto, size, log.readNode);
        const proof = await inclusionProof(nodeCrypto, index, size, log.readNode);
        const hashes = [log.leafHashes[index] ?? root, root, ...proof];
        const place = placeSeed % hashes.length;
        const [leafHash = root, flippedRoot = root, ...flippedProof] = hashes.map((hash, at) =>
          at === place ? flipBit(hash, bit) : hash,
        );
        const claim = { index, size, leafHash, root: flippedRoot, proof: flippedProof };
        await expect(verifyInclusion(nodeCrypto, claim)).rejects.toMatchObject({
          code: 'proof-invalid',
        });
      },
    ),
  );
});

test('one flipped bit anywhere in a consistency proof never verifies', async () => {
  const log = await createFilledLog(SIZE);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: SIZE }),
      fc.integer({ min: 1, max: SIZE }),
      fc.nat(),
      fc.nat(255),
      async (a, b, placeSeed, bit) => {
        const [size1, size2] = [Math.min(a, b), Math.max(a, b)];
        const root1 = await rootAt(nodeCrypto, size1, log.readNode);
        const root2 = await rootAt(nodeCrypto, size2, log.readNode);
        const proof = await consistencyProof(nodeCrypto, size1, size2, log.readNode);
        const hashes = [root1, root2, ...proof];
        const place = placeSeed % hashes.length;
        const [flipped1 = root1, flipped2 = root2, ...flippedProof] = hashes.map((hash, at) =>
          at === place ? flipBit(hash, bit) : hash,
        );
        const claim = { size1, size2, root1: flipped1, root2: flipped2, proof: flippedProof };
        await expect(verifyConsistency(nodeCrypto, claim)).rejects.toMatchObject({
          code: 'proof-invalid',
        });
      },
    ),
  );
});

test('trees of up to 2^53 - 1 entries are proven as exactly as small ones', async () => {
  // All entries alike: then every node of a level has one hash, and no tree need be stored.
  const levels: Uint8Array[] = [new Uint8Array(32).fill(7)];
  for (let hash = levels[0]; levels.length <= 53 && hash !== undefined; ) {
    hash = await hashNode(nodeCrypto, hash, hash);
    levels.push(hash);
  }
  const readNode: NodeReader = async (level) => levels[level];
  const leafHash = levels[0] ?? new Uint8Array(0);
  const size = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  await fc.assert(
    fc.asyncProperty(size, size, async (a, b) => {
      const [size1, size2] = [Math.min(a, b), Math.max(a, b)];
      const root1 = await rootAt(nodeCrypto, size1, readNode);
      const root2 = await rootAt(nodeCrypto, size2, readNode);
      const index = size1 - 1;
      const path = await inclusionProof(nodeCrypto, index, size2, readNode);
      const claim = { index, size: size2, leafHash, root: root2, proof: path };
      await verifyInclusion(nodeCrypto, claim);
      const proof = await consistencyProof(nodeCrypto, size1, size2, readNode);
      await verifyConsistency(nodeCrypto, { size1, size2, root1, root2, proof });
    }),
    {
      examples: [
        [Number.MAX_SAFE_INTEGER, 2 ** 52],
        [2 ** 32, 2 ** 32 + 1],
      ],
    },
  );
});

test('a proof of a million hashes is refused after reading no more than the tree is high', async () => {
  let hashed = 0;
  const counting = {
    sha256: (data: Uint8Array) => {
      hashed++;
      return nodeCrypto.sha256(data);
    },
  };
  const hash = new Uint8Array(32);
  const proof = Array<Uint8Array>(1_000_000).fill(hash);
  const size = Number.MAX_SAFE_INTEGER;
  await expect(
    verifyInclusion(counting, { index: 1, size, leafHash: hash, root: hash, proof }),
  ).rejects.toMatchObject({ code: 'proof-invalid' });
  await expect(
    verifyConsistency(counting, { size1: 3, size2: size, root1: hash, root2: hash, proof }),
  ).rejects.toMatchObject({ code: 'proof-invalid' });
  expect(hashed).toBeLessThan(3 * 54);
});

test('counts that are no counts and hashes of another length are refused', async () => {
  const hash = new Uint8Array(32);
  const inclusion = { index: 0, size: 1, leafHash: hash, root: hash, proof: [] };
  await verifyInclusion(nodeCrypto, inclusion);
  for (const bad of [
    { index: -1 },
    { index: 0.5 },
    { size: Number.NaN },
    { size: 2 ** 53 },
    { size: 0 },
    { leafHash: new Uint8Array(31), root: new Uint8Array(31) },
    { size: 2, proof: [new Uint8Array(33)] },
  ]) {
    await expect(verifyInclusion(nodeCrypto, { ...inclusion, ...bad })).rejects.toMatchObject({
      code: 'proof-invalid',
    });
  }
});
