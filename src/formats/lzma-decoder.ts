/**
 * The LZMA1 algorithm inside of LZMA2 chunks: a range decoder with adaptive bit models, as the
 * public-domain specification of the LZMA SDK (lzma-specification.txt) describes it.
 */
import type { LzmaHistory } from './lzma-history.ts';

/** lc, lp and pb of the specification. */
export interface LzmaProperties {
  readonly literalContextBits: number;
  readonly literalPositionBits: number;
  readonly positionBits: number;
}

// Where each model's probabilities begin in the one array of all of them.
const IS_MATCH = 0;
const IS_REP = 192;
const IS_REP_G0 = 204;
const IS_REP_G1 = 216;
const IS_REP_G2 = 228;
const IS_REP0_LONG = 240;
const POSITION_SLOT = 432;
const POSITION_SPECIAL = 688;
const ALIGN = 816;
const MATCH_LENGTH = 832;
const REP_LENGTH = 1346;
const LITERAL = 1860;
const MODELS = LITERAL + (0x300 << 4);

/** Within a length model. */
const LENGTH_LOW = 2;
const LENGTH_MID = 130;
const LENGTH_HIGH = 258;

const HALF = 1024;
const TOP = 0x1000000;

/** The data is not what an encoder writes; the reader names the place. */
export class LzmaError extends Error {}

/** Decodes chunk after chunk; what they share stays. */
export class LzmaDecoder {
  readonly #history: LzmaHistory;
  readonly #models = new Uint16Array(MODELS);
  #literalContextBits = 0;
  #literalMask = 0;
  #positionMask = 0;
  #state = 0;
  #reps: [number, number, number, number] = [0, 0, 0, 0];
  #input: Uint8Array = new Uint8Array();
  #at = 0;
  #range = 0;
  #code = 0;

  constructor(history: LzmaHistory) {
    this.#history = history;
  }

  setProperties(properties: LzmaProperties): void {
    this.#literalContextBits = properties.literalContextBits;
    this.#literalMask = (1 << properties.literalPositionBits) - 1;
    this.#positionMask = (1 << properties.positionBits) - 1;
  }

  resetState(): void {
    this.#models.fill(HALF);
    this.#state = 0;
    this.#reps = [0, 0, 0, 0];
  }

  /** Appends exactly `sizeBytes` to the history from exactly `packed`. Throws LzmaError. */
  decode(packed: Uint8Array, sizeBytes: number): void {
    this.#input = packed;
    this.#range = 0xffffffff;
    this.#code =
      (((packed[1] ?? 0) << 24) |
        ((packed[2] ?? 0) << 16) |
        ((packed[3] ?? 0) << 8) |
        (packed[4] ?? 0)) >>>
      0;
    if (packed.length < 5 || packed[0] !== 0) throw new LzmaError('begins wrongly');
    this.#at = 5;
    let left = sizeBytes;
    while (left > 0) {
      const length = this.#decodeSymbol();
      if (length > left) throw new LzmaError('runs over its end');
      left -= length;
      if (length > 1) this.#history.repeat(this.#reps[0], length);
    }
    this.#normalize();
    if (this.#at !== packed.length || this.#code !== 0) throw new LzmaError('ends wrongly');
  }

  /** One literal, which is then in the history, or one match, which is still to be copied. */
  #decodeSymbol(): number {
    const positionState = this.#history.total & this.#positionMask;
    const state = this.#state;
    if (this.#bit(IS_MATCH + state * 16 + positionState) === 0) {
      this.#decodeLiteral();
      this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      return 1;
    }
    if (this.#bit(IS_REP + state) === 0) {
      const length = this.#length(MATCH_LENGTH, positionState);
      const distance = this.#distance(length);
      this.#reps = [distance, this.#reps[0], this.#reps[1], this.#reps[2]];
      this.#state = state < 7 ? 7 : 10;
      this.#checkDistance();
      return length;
    }
    const isShort = this.#selectRep(state, positionState);
    this.#checkDistance();
    if (isShort) {
      this.#history.put(this.#history.back(this.#reps[0]));
      this.#state = state < 7 ? 9 : 11;
      return 1;
    }
    this.#state = state < 7 ? 8 : 11;
    return this.#length(REP_LENGTH, positionState);
  }

  #checkDistance(): void {
    if (!this.#history.reaches(this.#reps[0])) throw new LzmaError('refers to before its begin');
  }

  /** Moves the distance that is used again to the front; whether it is for a single byte. */
  #selectRep(state: number, positionState: number): boolean {
    const [first, second, third, fourth] = this.#reps;
    if (this.#bit(IS_REP_G0 + state) === 0) {
      return this.#bit(IS_REP0_LONG + state * 16 + positionState) === 0;
    }
    if (this.#bit(IS_REP_G1 + state) === 0) this.#reps = [second, first, third, fourth];
    else if (this.#bit(IS_REP_G2 + state) === 0) this.#reps = [third, first, second, fourth];
    else this.#reps = [fourth, first, second, third];
    return false;
  }

  #decodeLiteral(): void {
    const history = this.#history;
    const before = history.total > 0 ? history.back(0) : 0;
    const context =
      ((history.total & this.#literalMask) << this.#literalContextBits) |
      (before >>> (8 - this.#literalContextBits));
    const models = LITERAL + 0x300 * context;
    let symbol = 1;
    if (this.#state >= 7) {
      if (!history.reaches(this.#reps[0])) throw new LzmaError('refers to before its begin');
      let match = history.back(this.#reps[0]);
      while (symbol < 0x100) {
        const matchBit = (match >>> 7) & 1;
        match <<= 1;
        const bit = this.#bit(models + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== matchBit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(models + symbol);
    history.put(symbol & 0xff);
  }

  #length(models: number, positionState: number): number {
    if (this.#bit(models) === 0) {
      return 2 + this.#tree(models + LENGTH_LOW + positionState * 8, 3);
    }
    if (this.#bit(models + 1) === 0) {
      return 10 + this.#tree(models + LENGTH_MID + positionState * 8, 3);
    }
    return 18 + this.#tree(models + LENGTH_HIGH, 8);
  }

  #distance(length: number): number {
    const lengthState = Math.min(length - 2, 3);
    const slot = this.#tree(POSITION_SLOT + lengthState * 64, 6);
    if (slot < 4) return slot;
    const directBits = (slot >>> 1) - 1;
    const base = ((2 | (slot & 1)) << directBits) >>> 0;
    if (slot < 14) return base + this.#reverseTree(POSITION_SPECIAL + base - slot - 1, directBits);
    const high = this.#direct(directBits - 4);
    return base + high * 16 + this.#reverseTree(ALIGN, 4);
  }

  #tree(models: number, bitCount: number): number {
    let symbol = 1;
    for (let count = 0; count < bitCount; count += 1) {
      symbol = (symbol << 1) | this.#bit(models + symbol);
    }
    return symbol - (1 << bitCount);
  }

  #reverseTree(models: number, bitCount: number): number {
    let index = 1;
    let value = 0;
    for (let count = 0; count < bitCount; count += 1) {
      const bit = this.#bit(models + index);
      index = (index << 1) | bit;
      value |= bit << count;
    }
    return value;
  }

  #direct(bitCount: number): number {
    let value = 0;
    for (let count = 0; count < bitCount; count += 1) {
      this.#normalize();
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      value = value * 2 + bit;
    }
    return value;
  }

  #bit(model: number): 0 | 1 {
    this.#normalize();
    const probability = this.#models[model] ?? 0;
    const bound = (this.#range >>> 11) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      this.#models[model] = probability + ((2048 - probability) >>> 5);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    this.#models[model] = probability - (probability >>> 5);
    return 1;
  }

  /** Bytes behind the end read as zero; `decode` sees that in the end, or the output is wrong. */
  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.#input[this.#at] ?? 0)) >>> 0;
    this.#at += 1;
  }
}
