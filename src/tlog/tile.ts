import { CountersignError } from '../core/errors.ts';
import { joinBytes } from '../formats/bytes.ts';
import { quoteForeign } from '../formats/text.ts';
import { HASH_BYTES } from './leaf.ts';
import type { NodeReader } from './tree.ts';

/**
 * One static file of a log (C2SP tlog-tiles): 256 hashes of the tree at `level`, or 256 entries.
 * `index` counts tiles from the left; `width` is 256, or less for the partial tile at the end.
 */
export type Tile =
  | {
      readonly kind: 'hashes';
      readonly level: number;
      readonly index: number;
      readonly width: number;
    }
  | { readonly kind: 'entries'; readonly index: number; readonly width: number };

/** Hashes or entries in a full tile. */
export const TILE_WIDTH = 256;

/** The most bytes an entry can have, since its length is a uint16. */
export const ENTRY_MAX_BYTES = 65_535;

const TILE_HEIGHT = 8;
const LEVEL_MAX = 63;

/** The path of a tile below the log's address, as in `tile/0/x001/x234/067.p/8`. */
export function formatTilePath(tile: Tile): string {
  let number = `${tile.index % 1000}`.padStart(3, '0');
  for (let rest = Math.floor(tile.index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    number = `x${`${rest % 1000}`.padStart(3, '0')}/${number}`;
  }
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`;
  return `tile/${tile.kind === 'hashes' ? tile.level : 'entries'}/${number}${partial}`;
}

/**
 * Reads a path that `formatTilePath` writes. Throws `not-found` for every other path: a level
 * above 63, a width above 255, needless zeros, an index past 2^53.
 */
export function parseTilePath(path: string): Tile {
  const shape =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
      path,
    );
  const [, level = '', number = '', partial] = shape ?? [];
  const index = Number(number.replace(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  const tile: Tile =
    level === 'entries'
      ? { kind: 'entries', index, width }
      : { kind: 'hashes', level: Number(level), index, width };
  const isTile =
    shape !== null &&
    Number.isSafeInteger(index) &&
    (tile.kind === 'entries' || tile.level <= LEVEL_MAX) &&
    formatTilePath(tile) === path;
  if (!isTile) throw notFound(`expected the path of a tile, found ${quoteForeign(path)}`);
  return tile;
}

/**
 * How many of the tile's places a log of `size` entries fills: 0 to 256. A tile may be served
 * when its `width` is at most that.
 */
export function filledWidth(tile: Tile, size: number): number {
  const perPlace = tile.kind === 'hashes' ? TILE_WIDTH ** tile.level : 1;
  const filled = Math.floor(size / perPlace) - tile.index * TILE_WIDTH;
  return Math.min(TILE_WIDTH, Math.max(0, filled));
}

/**
 * Bytes of a hash tile: `width` hashes of 32 bytes. Throws `not-found` when a log of `size`
 * entries has no such tile yet, `ledger-corrupt` when a hash that it must have is missing.
 */
export async function encodeHashTile(
  tile: Tile & { readonly kind: 'hashes' },
  size: number,
  readNode: NodeReader,
): Promise<Uint8Array> {
  if (tile.width > filledWidth(tile, size)) {
    throw notFound(`a log of ${size} entries has no ${formatTilePath(tile)}`);
  }
  const hashes: Uint8Array[] = [];
  for (let place = 0; place < tile.width; place++) {
    const hash = await readNode(tile.level * TILE_HEIGHT, tile.index * TILE_WIDTH + place);
    if (hash?.length !== HASH_BYTES) {
      throw new CountersignError(
        'ledger-corrupt',
        `expected hash ${place} of ${formatTilePath(tile)} in the ledger, found none`,
        { hint: 'run audit verify, and restore the ledger from a backup' },
      );
    }
    hashes.push(hash);
  }
  return joinBytes(hashes);
}

/** The hashes of a tile of `width`. Throws `malformed-document` when the length is another. */
export function decodeHashTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * HASH_BYTES) {
    throw malformed(`expected ${width * HASH_BYTES} bytes of tile, found ${bytes.length}`);
  }
  return Array.from({ length: width }, (_, place) =>
    bytes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES),
  );
}

/** An entry bundle: each entry after its length in two bytes. Throws `limit-exceeded`. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry, place) => {
    if (entry.length > ENTRY_MAX_BYTES) {
      throw new CountersignError(
        'limit-exceeded',
        `expected entries of at most ${ENTRY_MAX_BYTES} bytes, found ${entry.length} in entry ${place} of the bundle`,
      );
    }
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
  });
  return joinBytes(parts);
}

/** The entries of a bundle of `width`. Throws `malformed-document` where they are not exactly so. */
export function decodeEntryBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  let offset = 0;
  for (let place = 0; place < width; place++) {
    const start = offset + 2;
    const end = start <= bytes.length ? start + view.getUint16(offset) : start;
    if (end > bytes.length) {
      throw malformed(
        `expected ${width} entries in a bundle, found that it ends in number ${place}`,
      );
    }
    entries.push(bytes.subarray(start, end));
    offset = end;
  }
  if (offset !== bytes.length) {
    throw malformed(
      `expected ${width} entries in a bundle, found ${bytes.length - offset} bytes more`,
    );
  }
  return entries;
}

function notFound(message: string): CountersignError {
  return new CountersignError('not-found', message);
}

function malformed(message: string): CountersignError {
  return new CountersignError('malformed-document', message);
}
