import { describe, expect, test } from 'vitest';
import { createFilledLog } from '../../test/tlog-fixture.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { emptyRoot, hashLeaf, hashNode, highestLevel } from './leaf.ts';
import { verifyConsistency, verifyInclusion } from './proof.ts';
import {
  appendLeaf,
  consistencyProof,
  createRightEdge,
  inclusionProof,
  rootAt,
  treeHead,
} from './tree.ts';

const SIZE = 70;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the hashes are those of RFC 6962', () => {
  // Constants of transparency-dev/merkle, rfc6962/rfc6962_test.go.
  test('empty root, empty leaf, leaf and node', async () => {
    expect(hex(await emptyRoot(nodeCrypto))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(hex(await hashLeaf(nodeCrypto, new Uint8Array(0)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(hex(await hashLeaf(nodeCrypto, Buffer.from('L123456')))).toBe(
      '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56',
    );
    expect(hex(await hashNode(nodeCrypto, Buffer.from('N123'), Buffer.from('N456')))).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    );
  });

  test('the roots of the eight well-known leaves', async () => {
    const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
    leaves.push('606162636465666768696a6b6c6d6e6f');
    const hashes = await Promise.all(
      leaves.map((leaf) => hashLeaf(nodeCrypto, Buffer.from(leaf, 'hex'))),
    );
    expect(hex(await treeHead(nodeCrypto, hashes))).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
    expect(hex(await treeHead(nodeCrypto, hashes.slice(0, 5)))).toBe(
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    );
  });
});

describe(`every tree of up to ${SIZE} entries`, () => {
  test('has the root of the definition, from stored nodes and from the right edge', async () => {
    const log = await createFilledLog(SIZE);
    const edge = createRightEdge(nodeCrypto);
    for (let size = 0; size <= SIZE; size++) {
      const expected = hex(await treeHead(nodeCrypto, log.leafHashes.slice(0, size)));
      expect(hex(await rootAt(nodeCrypto, size, log.readNode))).toBe(expected);
      expect(edge.size()).toBe(size);
      expect(hex(await edge.root())).toBe(expected);
      const next = log.leafHashes[size];
      if (next !== undefined) {
        expect(await edge.append(next)).toEqual(
          await appendLeaf(nodeCrypto, size, next, log.readNode),
        );
      }
    }
  });

  test('proves each of its entries, at its own place only', async () => {
    const log = await createFilledLog(SIZE);
    for (let size = 1; size <= SIZE; size++) {
      const root = await treeHead(nodeCrypto, log.leafHashes.slice(0, size));
      for (const [index, leafHash] of log.leafHashes.slice(0, size).entries()) {
        const proof = await inclusionProof(nodeCrypto, index, size, log.readNode);
        const claim = { index, size, leafHash, root, proof };
        await verifyInclusion(nodeCrypto, claim);
        await expect(
          verifyInclusion(nodeCrypto, { ...claim, index: index ^ 1 }),
        ).rejects.toMatchObject({ code: 'proof-invalid' });
      }
    }
  });

  test('is proven to begin with each smaller one', async () => {
    const log = await createFilledLog(SIZE);
    const roots = await Promise.all(
      Array.from({ length: SIZE + 1 }, (_, size) =>
        treeHead(nodeCrypto, log.leafHashes.slice(0, size)),
      ),
    );
    const none = new Uint8Array(32);
    for (let size1 = 1; size1 <= SIZE; size1++) {
      for (let size2 = size1; size2 <= SIZE; size2++) {
        const proof = await consistencyProof(nodeCrypto, size1, size2, log.readNode);
        const [root1 = none, root2 = none] = [roots[size1], roots[size2]];
        const claim = { size1, size2, root1, root2, proof };
        await verifyConsistency(nodeCrypto, claim);
        await expect(
          verifyConsistency(nodeCrypto, { ...claim, root1: none }),
        ).rejects.toMatchObject({ code: 'proof-invalid' });
        await expect(
          verifyConsistency(nodeCrypto, { ...claim, root2: none }),
        ).rejects.toMatchObject({ code: 'proof-invalid' });
      }
    }
    expect(await consistencyProof(nodeCrypto, 0, SIZE, log.readNode)).toEqual([]);
  });
});

test('a missing or mutilated node is a corrupt ledger, and names its place', async () => {
  const log = await createFilledLog(7);
  log.nodes.set('1/2', new Uint8Array(31));
  await expect(rootAt(nodeCrypto, 7, log.readNode)).rejects.toMatchObject({
    code: 'ledger-corrupt',
    message: expect.stringContaining('level 1, index 2, found 31 bytes'),
  });
  log.nodes.delete('2/0');
  await expect(appendLeaf(nodeCrypto, 7, new Uint8Array(32), log.readNode)).rejects.toMatchObject({
    code: 'ledger-corrupt',
  });
});

test('questions about entries and sizes that do not exist are refused', async () => {
  const log = await createFilledLog(5);
  for (const index of [5, -1, 1.5, Number.NaN]) {
    await expect(inclusionProof(nodeCrypto, index, 5, log.readNode)).rejects.toMatchObject({
      code: 'not-found',
    });
  }
  await expect(consistencyProof(nodeCrypto, 6, 5, log.readNode)).rejects.toMatchObject({
    code: 'usage',
  });
  for (const size of [-1, 0.5, 2 ** 53]) {
    await expect(rootAt(nodeCrypto, size, log.readNode)).rejects.toMatchObject({ code: 'usage' });
  }
});

test('levels stay exact where floating-point logarithms round up', () => {
  expect(highestLevel(1)).toBe(0);
  expect(highestLevel(2 ** 49 - 1)).toBe(48);
  expect(highestLevel(2 ** 49)).toBe(49);
  expect(highestLevel(Number.MAX_SAFE_INTEGER)).toBe(52);
});
