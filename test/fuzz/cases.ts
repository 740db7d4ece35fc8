/**
 * Sound inputs with bytes changed, cut, doubled and spliced. Everything that reads bytes of
 * strangers must end soon, in a value or in an error of ours. The number of a case is all that it
 * depends on, so that a failure is found again.
 */
import { isCountersignError } from '../../src/core/errors.ts';
import { createRandom, type Random } from './random.ts';
import { READERS } from './readers.ts';
import type { Seed } from './seeds.ts';

/** Counts of how cases ended, and the slowest. */
export interface Outcome {
  readonly read: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly slowest: number;
}

/** Runs the cases from `start` on. Throws at the first one that ends in any other way. */
export async function runCases(
  seeds: readonly Seed[],
  start: number,
  count: number,
): Promise<Outcome> {
  let read = 0;
  let refused = 0;
  let slowestMs = 0;
  let slowest = start;
  for (let number = start; number < start + count; number += 1) {
    const seed = seeds[number % seeds.length];
    if (seed === undefined) throw new Error('there are no seeds');
    const random = createRandom(number);
    const broken = breakBytes(seed.bytes, seeds, random);
    const bytes = seed.pack === undefined ? broken : seed.pack(broken);
    const began = performance.now();
    try {
      await READERS[seed.kind](bytes, seed.name);
      read += 1;
    } catch (error) {
      if (!isCountersignError(error)) {
        throw new Error(`case ${number} (${seed.name}) crashed`, { cause: error });
      }
      refused += 1;
    }
    const tookMs = performance.now() - began;
    if (tookMs > slowestMs) {
      slowestMs = tookMs;
      slowest = number;
    }
  }
  return { read, refused, slowestMs, slowest };
}

const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, 0x20, 0x30, 0x50];

function breakBytes(sound: Buffer, seeds: readonly Seed[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(sound);
  for (let steps = 1 + random(4); steps > 0 && bytes.length > 0; steps -= 1) {
    bytes = breakOnce(bytes, seeds, random);
  }
  return bytes;
}

function breakOnce(bytes: Buffer, seeds: readonly Seed[], random: Random): Buffer {
  const at = random(bytes.length);
  const length = 1 + random(Math.min(64, bytes.length - at));
  switch (random(7)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 1:
      bytes[at] = INTERESTING[random(INTERESTING.length)] ?? 0;
      return bytes;
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 5: {
      const other = seeds[random(seeds.length)]?.bytes ?? bytes;
      const from = random(other.length);
      return Buffer.concat([
        bytes.subarray(0, at),
        other.subarray(from, from + length),
        bytes.subarray(at),
      ]);
    }
    default:
      bytes.fill(random(256), at, at + Math.min(8, length));
      return bytes;
  }
}
