/** The ledger as C2SP tlog-tiles: static files that anyone can fetch and check. */
import { CountersignError, isCountersignError } from '../core/errors.ts';
import {
  encodeEntryBundle,
  encodeHashTile,
  filledWidth,
  parseTilePath,
  TILE_WIDTH,
} from '../tlog/tile.ts';
import type { GatewayDeps } from './deps.ts';
import { requireCheckpoint } from './evidence.ts';

export async function readCheckpoint(deps: GatewayDeps): Promise<string> {
  return (await deps.store.read(requireCheckpoint)).note;
}

/**
 * A tile of the tree that the newest checkpoint covers; undefined for paths that are none and for
 * tiles wider than that tree. Nothing unsigned is ever served.
 */
export async function readTile(
  deps: GatewayDeps,
  path: string,
): Promise<{ readonly bytes: Uint8Array; readonly immutable: boolean } | undefined> {
  const tile = parseOrUndefined(path);
  if (tile === undefined) return undefined;
  return deps.store.read(async (tx) => {
    const { size } = await requireCheckpoint(tx);
    if (tile.width > filledWidth(tile, size)) return undefined;
    if (tile.kind === 'hashes') {
      const bytes = await encodeHashTile(tile, size, (level, index) => tx.ledgerNode(level, index));
      return { bytes, immutable: true };
    }
    const rows = await tx.ledgerEntries(tile.index * TILE_WIDTH, tile.width);
    if (rows.length !== tile.width) {
      throw new CountersignError('ledger-corrupt', `tile ${path} lacks entries`);
    }
    return { bytes: encodeEntryBundle(rows.map((one) => one.bytes)), immutable: true };
  });
}

function parseOrUndefined(path: string) {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (isCountersignError(error)) return undefined;
    throw error;
  }
}
