/**
 * Sound inputs with bytes changed, cut, doubled and spliced. Everything that reads bytes of
 * strangers must end soon, in a value or in an error of ours. The number of a case is all that it
 * depends on, so that a failure is found again.
 */
import { isCountersignError } from '../../src/core/errors.ts';
import { readArchive } from '../../src/formats/archive.ts';
import { readContainer } from '../../src/formats/container.ts';
import { readNpmPublishBody } from '../../src/formats/npm-publish-body.ts';
import { readPypiUploadForm } from '../../src/formats/pypi-upload-form.ts';
import { bytesAsRandomAccess, readSequentially } from '../../src/formats/random-access.ts';
import { unpack } from '../../src/inspect/unpack.ts';
import { DEFAULT_UNPACK_LIMITS, type UnpackLimits } from '../../src/inspect/unpack-limits.ts';
import { BOUNDARY, type Seed } from './seeds.ts';

/** Small, so that a case that reaches one is still quick. */
const LIMITS: UnpackLimits = {
  ...DEFAULT_UNPACK_LIMITS,
  unpackedBytes: 64 * 1024 * 1024,
  entries: 2000,
  windowBytes: 256 * 1024,
  dictionaryBytes: 8 * 1024 * 1024,
};

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
    const bytes = breakBytes(seed.bytes, seeds, random);
    const began = performance.now();
    try {
      await readAll(seed, bytes);
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

async function readAll(seed: Seed, bytes: Uint8Array): Promise<void> {
  const source = bytesAsRandomAccess(bytes);
  const sink = () => ({ write: async () => {} });
  if (seed.kind === 'npm') {
    await readNpmPublishBody(readSequentially(source), sink);
  } else if (seed.kind === 'pypi') {
    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    await readPypiUploadForm(readSequentially(source), type, sink);
  } else {
    const strict = await isRead(readArchive(bytes, { limits: LIMITS }));
    const parts = unpack(readContainer(source, { limits: LIMITS, name: 'content' }), LIMITS);
    const loose = await isRead(parts);
    // what upload takes, inspection must be able to read
    if (strict === null && loose !== null) throw new Error('upload took it', { cause: loose });
    if (loose !== null) throw loose;
  }
}

/** Walks to the end; gives the error of ours that ended it. A part that could not be read for
 * another reason than one of ours is a crash that somebody caught. */
async function isRead(parts: AsyncIterable<object>): Promise<Error | null> {
  try {
    for await (const part of parts) {
      if ('reason' in part && /: \w*Error$/.test(String(part.reason))) {
        throw new Error(`hidden crash: ${String(part.reason)}`);
      }
    }
    return null;
  } catch (error) {
    if (isCountersignError(error)) return error;
    throw error;
  }
}

/** Numbers from 0 up to, without, `below`. */
type Random = (below: number) => number;

/** Mulberry32: small, and the same everywhere. */
function createRandom(seed: number): Random {
  let state = (seed + 0x9e3779b9) | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
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
