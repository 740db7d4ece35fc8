/** A log read over HTTP as anyone can read it: C2SP tlog-tiles below `/log/`. */
import type { Client } from '../client/client.ts';
import { decodeEntryBundle, filledWidth, formatTilePath, TILE_WIDTH } from '../tlog/tile.ts';

/** The raw entries below `size`, from number `from` on; one tile in memory at a time. */
export async function* readRemoteEntries(
  client: Pick<Client, 'tile'>,
  size: number,
  from = 0,
): AsyncGenerator<Uint8Array, void, void> {
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < size; index += 1) {
    const whole = { kind: 'entries', index, width: TILE_WIDTH } as const;
    const width = filledWidth(whole, size);
    const entries = decodeEntryBundle(
      await client.tile(formatTilePath({ ...whole, width })),
      width,
    );
    yield* entries.slice(Math.max(0, from - index * TILE_WIDTH));
  }
}
