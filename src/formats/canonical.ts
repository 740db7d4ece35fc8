import canonicalize from 'canonicalize';
import { CountersignError } from '../core/errors.ts';
import { equalBytes } from './bytes.ts';
import { decodeUtf8, encodeUtf8 } from './text.ts';

/** A value that our signed documents may hold. Numbers are safe integers, negative zero excluded. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Size above which `decodeCanonical` refuses, unless the caller names another: 4 MiB. */
export const CANONICAL_MAX_BYTES = 4 * 1024 * 1024;

/** Containers inside each other that a document may have at most. */
export const CANONICAL_MAX_DEPTH = 64;

/**
 * RFC 8785 canonical JSON of `value`, in UTF-8. Takes `unknown` because it looks at the value
 * anyway: throws 'malformed-document' for what JSON or our signed documents cannot hold (undefined,
 * fractions, unsafe integers, negative zero, lone surrogates, instances of classes, sparse arrays,
 * a key `__proto__`), 'limit-exceeded' when it is nested deeper than CANONICAL_MAX_DEPTH.
 */
export function encodeCanonical(value: unknown): Uint8Array {
  assertJson(value, '$', 0);
  return encodeUtf8(canonicalize(value) ?? '');
}

/**
 * The value of canonical JSON bytes. Whatever spells the same value otherwise is refused: white
 * space, key order, doubled keys, escapes, numbers, a byte order mark.
 * Throws 'limit-exceeded' (size in bytes, depth), 'malformed-document' (not UTF-8, not JSON, or a
 * value that `encodeCanonical` refuses) and 'not-canonical' (another spelling).
 */
export function decodeCanonical(
  bytes: Uint8Array,
  options: { readonly what?: string; readonly maxBytes?: number } = {},
): JsonValue {
  const { what = 'the document', maxBytes = CANONICAL_MAX_BYTES } = options;
  if (bytes.length > maxBytes) {
    throw new CountersignError(
      'limit-exceeded',
      `${what} has ${bytes.length} bytes, at most ${maxBytes} are read`,
    );
  }
  const value = parseJson(decodeUtf8(bytes, what), what);
  assertJson(value, what, 0);
  if (!equalBytes(encodeCanonical(value), bytes)) {
    throw new CountersignError(
      'not-canonical',
      `${what} is not spelled as RFC 8785 canonical JSON`,
      { hint: 'sign and send the exact bytes; do not reformat or edit them' },
    );
  }
  return value;
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // the parser's own message quotes the input, which may be hostile or secret
    throw new CountersignError('malformed-document', `${what} is not JSON`);
  }
}

function assertJson(value: unknown, path: string, depth: number): asserts value is JsonValue {
  switch (typeof value) {
    case 'boolean':
      return;
    case 'string':
      if (!value.isWellFormed()) refuse(path, 'holds half of a surrogate pair');
      return;
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        refuse(path, 'is a number that is not a safe integer');
      }
      return;
    case 'object':
      if (value === null) return;
      if (depth === CANONICAL_MAX_DEPTH) {
        throw new CountersignError(
          'limit-exceeded',
          `a document is nested deeper than ${CANONICAL_MAX_DEPTH} levels`,
        );
      }
      if (Array.isArray(value)) assertArray(value, path, depth);
      else assertObject(value, path, depth);
      return;
    default:
      refuse(path, `is of type ${typeof value}, which JSON does not have`);
  }
}

function assertArray(array: readonly unknown[], path: string, depth: number): void {
  // by index: a hole in the array then shows as undefined instead of being stepped over
  for (let at = 0; at < array.length; at += 1) assertJson(array[at], `${path}[${at}]`, depth + 1);
}

function assertObject(object: object, path: string, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    refuse(path, 'is an instance of a class, not a plain object');
  }
  for (const [key, member] of Object.entries(object)) {
    if (key === '__proto__') refuse(path, 'has a key __proto__');
    if (!key.isWellFormed()) refuse(path, 'has a key with half of a surrogate pair');
    const shown = /^[A-Za-z0-9@/_-]{1,60}$/.test(key) ? key : '(key)';
    assertJson(member, `${path}.${shown}`, depth + 1);
  }
}

function refuse(path: string, problem: string): never {
  throw new CountersignError('malformed-document', `${path} ${problem}`);
}
