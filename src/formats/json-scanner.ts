import { CountersignError, type ErrorCode } from '../core/errors.ts';
import type { JsonObject } from './canonical.ts';
import { quoteForeign } from './text.ts';

/** How a scanner is set up. `what` names the document in messages, `code` is what they throw. */
export interface JsonScannerOptions {
  readonly what: string;
  readonly code: ErrorCode;
  /** Bytes that are kept in memory; what is captured does not count. */
  readonly maxBytes: number;
  /** Containers inside each other; 64 when absent. */
  readonly maxDepth?: number;
  /** Whether the string value at these keys is handed out in pieces and kept out of the document. */
  readonly capture?: (path: readonly string[]) => boolean;
}

/** A piece of a captured string as it stands between the quotes; `isLast` comes with the end. */
export interface CapturedPiece {
  readonly path: readonly string[];
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/**
 * Reads a JSON object (RFC 8259) in chunks, more strictly than JSON.parse: no doubled keys, no key
 * `__proto__`, bounded depth and size, valid UTF-8.
 */
export interface JsonScanner {
  /** The captured pieces in `chunk`. Read them all before the next chunk. */
  scan(chunk: Uint8Array): Generator<CapturedPiece, void, undefined>;
  /** The whole object, captured strings empty. Throws when it is not complete. */
  finish(): JsonObject;
}

interface Frame {
  readonly keys: Set<string> | undefined;
  key: string;
  expectsKey: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The scanner finds strings, keys and containers only; whether the rest is grammar is left to
 * JSON.parse over what was kept. Both agree on where strings end, so for what JSON.parse accepts
 * the paths are right. Throws `options.code` and 'limit-exceeded'.
 */
export function createJsonScanner(options: JsonScannerOptions): JsonScanner {
  const { what, code, maxBytes, maxDepth = 64 } = options;
  let kept = Buffer.alloc(0);
  const stack: Frame[] = [];
  let keptBytes = 0;
  let mode: 'between' | 'key' | 'value' | 'captured' = 'between';
  let escaped = false;
  let keyStart = 0;

  function refuse(problem: string): CountersignError {
    return new CountersignError(code, `${what} ${problem}`);
  }

  function keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const end = keptBytes + bytes.length;
    if (end > maxBytes) {
      throw new CountersignError('limit-exceeded', `${what} has more than ${maxBytes} bytes`, {
        hint: 'make its metadata smaller; a readme is the usual cause',
      });
    }
    // One buffer that doubles: a body in one-byte chunks must not cost an object a byte.
    if (end > kept.length) {
      kept = Buffer.concat([kept.subarray(0, keptBytes)], Math.max(1024, 2 * kept.length, end));
    }
    kept.set(bytes, keptBytes);
    keptBytes = end;
  }

  function open(isObject: boolean): void {
    if (stack.length >= maxDepth) {
      throw new CountersignError('limit-exceeded', `${what} is nested deeper than ${maxDepth}`);
    }
    stack.push({ keys: isObject ? new Set() : undefined, key: '', expectsKey: isObject });
  }

  function closeKey(): void {
    const frame = stack.at(-1);
    const spelled = kept.toString('utf8', keyStart, keptBytes);
    let key: unknown;
    try {
      key = JSON.parse(spelled);
    } catch {
      throw refuse('is not valid JSON: a key is misspelled');
    }
    if (typeof key !== 'string' || frame?.keys === undefined) throw refuse('is not valid JSON');
    if (key === '__proto__') throw refuse('has a key "__proto__"');
    if (frame.keys.has(key)) throw refuse(`has the key ${quoteForeign(key)} twice in one object`);
    frame.keys.add(key);
    frame.key = key;
    frame.expectsKey = false;
  }

  function startString(): void {
    const frame = stack.at(-1);
    if (frame?.expectsKey === true) {
      mode = 'key';
      keyStart = keptBytes;
      return;
    }
    const inObjects = stack.length > 0 && stack.every((one) => one.keys !== undefined);
    mode = inObjects && options.capture?.(pathOf(stack)) === true ? 'captured' : 'value';
  }

  function structure(byte: number): void {
    if (byte === 0x7b || byte === 0x5b) open(byte === 0x7b);
    else if (byte === 0x7d || byte === 0x5d) {
      const frame = stack.pop();
      if (frame === undefined || (frame.keys !== undefined) !== (byte === 0x7d)) {
        throw refuse('is not valid JSON: brackets do not match');
      }
    } else if (byte === 0x2c) {
      const frame = stack.at(-1);
      if (frame?.keys !== undefined) frame.expectsKey = true;
    }
  }

  /** The index behind the next quote that ends the string, or the length of the chunk. */
  function skipString(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        keep(chunk.subarray(from, at + 1));
        if (mode === 'key') closeKey();
        mode = 'between';
        return at + 1;
      }
    }
    keep(chunk.subarray(from));
    return chunk.length;
  }

  function skipStructure(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE) {
        keep(chunk.subarray(from, at));
        startString();
        keep(chunk.subarray(at, at + 1));
        return at + 1;
      }
      structure(byte);
    }
    keep(chunk.subarray(from));
    return chunk.length;
  }

  function finish(): JsonObject {
    if (mode !== 'between') throw refuse('ends in the middle of a string; it is truncated');
    if (stack.length > 0) throw refuse('ends before its last bracket; it is truncated');
    let value: unknown;
    try {
      value = JSON.parse(STRICT.decode(kept.subarray(0, keptBytes)));
    } catch (error) {
      const problem = error instanceof SyntaxError ? 'JSON' : 'UTF-8';
      throw new CountersignError(code, `${what} is not valid ${problem}`, { cause: error });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw refuse('is not a JSON object');
    }
    return value as JsonObject;
  }

  return {
    *scan(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (mode === 'captured') {
          const quote = chunk.indexOf(QUOTE, at);
          const end = quote === -1 ? chunk.length : quote;
          yield { path: pathOf(stack), bytes: chunk.subarray(at, end), isLast: quote !== -1 };
          at = end;
          if (quote !== -1) {
            mode = 'between';
            keep(chunk.subarray(at, at + 1));
            at += 1;
          }
        } else if (mode === 'between') at = skipStructure(chunk, at);
        else at = skipString(chunk, at);
      }
    },
    finish,
  };
}

function pathOf(stack: readonly Frame[]): readonly string[] {
  return stack.map((frame) => frame.key);
}

/** The object in `bytes`, read by a scanner without capture. Throws as `createJsonScanner` says. */
export function parseStrictJson(
  bytes: Uint8Array,
  options: Omit<JsonScannerOptions, 'capture'>,
): JsonObject {
  const scanner = createJsonScanner(options);
  scanner.scan(bytes).next();
  return scanner.finish();
}
