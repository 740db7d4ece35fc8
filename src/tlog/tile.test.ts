import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFilledLog } from '../../test/tlog-fixture.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import {
  decodeEntryBundle,
  decodeHashTile,
  encodeEntryBundle,
  encodeHashTile,
  filledWidth,
  formatTilePath,
  parseTilePath,
  type Tile,
} from './tile.ts';
import { treeHead } from './tree.ts';

describe('paths', () => {
  test('are those of the specification', () => {
    const tile: Tile = { kind: 'hashes', level: 0, index: 1_234_067, width: 256 };
    expect(formatTilePath(tile)).toBe('tile/0/x001/x234/067');
    expect(formatTilePath({ kind: 'entries', index: 1000, width: 8 })).toBe(
      'tile/entries/x001/000.p/8',
    );
    expect(parseTilePath('tile/63/000.p/255')).toEqual({
      kind: 'hashes',
      level: 63,
      index: 0,
      width: 255,
    });
  });

  test('parse after format is the identity', () => {
    const place = { index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) };
    const tiles = fc.oneof(
      fc.record({ kind: fc.constant('hashes' as const), level: fc.nat(63), ...place }),
      fc.record({ kind: fc.constant('entries' as const), ...place }),
    );
    fc.assert(
      fc.property(tiles, (tile) => {
        expect(parseTilePath(formatTilePath(tile))).toEqual(tile);
      }),
    );
  });

  test.each([
    '',
    'checkpoint',
    'tile',
    'tile/0',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/000',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/../0/000',
    'tile/0/000\n',
    'tile/0/x999/x999/x999/x999/x999/999',
    `tile/0/${'x001/'.repeat(10_000)}000`,
    'tile/entries/%30%30%30',
  ])('%j is no tile', (path) => {
    expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

test('a log of 70,000 entries has the tiles of the example in the specification', () => {
  const width = (level: number, index: number) =>
    filledWidth({ kind: 'hashes', level, index, width: 256 }, 70_000);
  expect([width(0, 272), width(0, 273), width(0, 274)]).toEqual([256, 112, 0]);
  expect([width(1, 0), width(1, 1), width(1, 2)]).toEqual([256, 17, 0]);
  expect([width(2, 0), width(3, 0), width(63, 0)]).toEqual([1, 0, 0]);
});

test('hash tiles hold the leaf hashes, and above them the roots of full tiles', async () => {
  const log = await createFilledLog(600);
  const tile = (level: number, index: number, width: number) =>
    encodeHashTile({ kind: 'hashes', level, index, width }, 600, log.readNode);
  expect(decodeHashTile(await tile(0, 2, 88), 88)).toEqual(log.leafHashes.slice(512));
  expect(decodeHashTile(await tile(0, 2, 5), 5)).toEqual(log.leafHashes.slice(512, 517));
  expect(decodeHashTile(await tile(1, 0, 2), 2)).toEqual([
    await treeHead(nodeCrypto, log.leafHashes.slice(0, 256)),
    await treeHead(nodeCrypto, log.leafHashes.slice(256, 512)),
  ]);
  await expect(tile(0, 2, 89)).rejects.toMatchObject({ code: 'not-found' });
  await expect(tile(2, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
  log.nodes.delete('0/513');
  await expect(tile(0, 2, 2)).rejects.toMatchObject({ code: 'ledger-corrupt' });
  expect(() => decodeHashTile(new Uint8Array(33), 1)).toThrow(/expected 32 bytes/);
});

describe('entry bundles', () => {
  test('decode after encode is the identity', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
        expect(decodeEntryBundle(encodeEntryBundle(entries), entries.length)).toEqual(entries);
      }),
    );
    const largest = new Uint8Array(65_535).fill(7);
    expect(decodeEntryBundle(encodeEntryBundle([largest]), 1)).toEqual([largest]);
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }),
    );
  });

  test('a bundle cut anywhere, or of another count, is malformed', () => {
    const bundle = encodeEntryBundle([Uint8Array.of(1, 2), Uint8Array.of(3), new Uint8Array(0)]);
    for (let length = 0; length < bundle.length; length++) {
      expect(() => decodeEntryBundle(bundle.subarray(0, length), 3)).toThrow(
        expect.objectContaining({ code: 'malformed-document' }),
      );
    }
    for (const width of [0, 2, 4, 256]) {
      expect(() => decodeEntryBundle(bundle, width)).toThrow(
        expect.objectContaining({ code: 'malformed-document' }),
      );
    }
  });
});
