/** LZMA2: chunks of LZMA, or of plain bytes, over one dictionary. */
import { type ArchiveLimits, archiveLimit, malformedArchive } from './archive-entry.ts';
import type { ByteLookahead } from './byte-lookahead.ts';
import { LzmaDecoder, LzmaError, type LzmaProperties } from './lzma-decoder.ts';
import { createLzmaHistory } from './lzma-history.ts';

/** Header of the longest kind. */
const CHUNK_HEADER_BYTES = 6;

/** What the control byte of a chunk says. */
interface Chunk {
  readonly isPacked: boolean;
  readonly resetsDictionary: boolean;
  readonly resetsState: boolean;
  readonly hasProperties: boolean;
}

/**
 * The unpacked bytes of one LZMA2 stream, a chunk at a time; `ahead` then stands behind its end.
 * Throws 'malformed-archive', and 'limit-exceeded' when it refers back further than
 * `limits.dictionaryBytes`.
 */
export async function* readLzma2(
  ahead: ByteLookahead,
  dictionaryBytes: number,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const history = createLzmaHistory(dictionaryBytes, (bytes) => {
    if (bytes > limits.dictionaryBytes + 2 ** 21) {
      const problem = `needs a dictionary above ${limits.dictionaryBytes} bytes`;
      throw archiveLimit('the xz data', problem, 'dictionaryBytes');
    }
  });
  const decoder = new LzmaDecoder(history);
  let ready: Ready = { dictionary: false, state: false, properties: false };
  for (;;) {
    const head = await ahead.peek(CHUNK_HEADER_BYTES);
    const where = `offset ${ahead.offset()}`;
    const control = head[0];
    if (control === undefined) throw malformedArchive(where, 'the xz data is truncated');
    if (control === 0) {
      ahead.skip(1);
      return;
    }
    const chunk = decodeControl(control, where);
    ready = readyAfter(ready, chunk, where);
    const { headerBytes, packedBytes, sizeBytes } = sizesOf(chunk, control, head);
    const whole = await ahead.peek(headerBytes + packedBytes);
    if (whole.length < headerBytes + packedBytes) {
      throw malformedArchive(where, 'the xz data is truncated');
    }
    if (chunk.resetsDictionary) history.reset();
    history.reserve(sizeBytes);
    if (chunk.hasProperties) decoder.setProperties(propertiesOf(whole[5] ?? 0, where));
    if (chunk.resetsState) decoder.resetState();
    const packed = whole.subarray(headerBytes, headerBytes + packedBytes);
    if (chunk.isPacked) decodeChunk(decoder, packed, sizeBytes, where);
    else history.append(packed);
    ahead.skip(headerBytes + packedBytes);
    yield history.last(sizeBytes);
  }
}

/** What chunks before have set. */
interface Ready {
  readonly dictionary: boolean;
  readonly state: boolean;
  readonly properties: boolean;
}

/** A new dictionary voids properties and state, as every encoder knows. */
function readyAfter(before: Ready, chunk: Chunk, where: string): Ready {
  const keeps = !chunk.resetsDictionary;
  const ready = {
    dictionary: chunk.resetsDictionary || before.dictionary,
    properties: chunk.hasProperties || (before.properties && keeps),
    state: chunk.resetsState || (before.state && keeps),
  };
  if (!ready.dictionary || (chunk.isPacked && !(ready.properties && ready.state))) {
    throw malformedArchive(where, 'the LZMA2 data begins in the middle');
  }
  return ready;
}

function decodeControl(control: number, where: string): Chunk {
  if (control < 0x80) {
    if (control > 2) throw malformedArchive(where, 'the LZMA2 data has an unknown chunk');
    return {
      isPacked: false,
      resetsDictionary: control === 1,
      resetsState: false,
      hasProperties: false,
    };
  }
  const reset = (control >> 5) & 3;
  return {
    isPacked: true,
    resetsDictionary: reset === 3,
    resetsState: reset >= 1,
    hasProperties: reset >= 2,
  };
}

function sizesOf(chunk: Chunk, control: number, head: Uint8Array) {
  const low = ((head[1] ?? 0) << 8) | (head[2] ?? 0);
  if (!chunk.isPacked) return { headerBytes: 3, packedBytes: low + 1, sizeBytes: low + 1 };
  return {
    headerBytes: chunk.hasProperties ? 6 : 5,
    packedBytes: (((head[3] ?? 0) << 8) | (head[4] ?? 0)) + 1,
    sizeBytes: (((control & 0x1f) << 16) | low) + 1,
  };
}

function propertiesOf(byte: number, where: string): LzmaProperties {
  const properties = {
    literalContextBits: byte % 9,
    literalPositionBits: Math.floor(byte / 9) % 5,
    positionBits: Math.floor(byte / 45),
  };
  const { literalContextBits, literalPositionBits, positionBits } = properties;
  if (positionBits > 4 || literalContextBits + literalPositionBits > 4) {
    throw malformedArchive(where, 'the LZMA2 data has properties that are not allowed');
  }
  return properties;
}

function decodeChunk(
  decoder: LzmaDecoder,
  packed: Uint8Array,
  sizeBytes: number,
  where: string,
): void {
  try {
    decoder.decode(packed, sizeBytes);
  } catch (error) {
    if (!(error instanceof LzmaError)) throw error;
    throw malformedArchive(where, `the LZMA2 data ${error.message}`, error);
  }
}
