import { CountersignError } from '../core/errors.ts';
import { decodeCanonical, encodeCanonical, type JsonObject, type JsonValue } from './canonical.ts';
import { quoteForeign } from './text.ts';

/** The `_type` of an in-toto Statement v1. */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** Subjects that one statement may have at most. */
export const MAX_SUBJECTS = 4096;

/** Digests of one subject, lower-case hexadecimal; at least one of the two is there. */
export type DigestSet = { readonly sha256?: string; readonly sha512?: string };

/** What a statement speaks about: a name (unique in the statement) and its digests. */
export type Subject = { readonly name: string; readonly digest: DigestSet };

/** An in-toto Statement v1, as strict as our own documents need it. */
export type Statement = {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: JsonObject;
};

/**
 * A statement of these parts. Throws 'malformed-document' like `decodeStatement`, so that nothing
 * is signed that would not be read again.
 */
export function statementOf(parts: {
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: object;
}): Statement {
  const { subject, predicateType, predicate } = parts;
  return decodeStatement(
    encodeCanonical({ _type: STATEMENT_TYPE, subject, predicateType, predicate }),
  );
}

/** The canonical bytes of a statement: the payload of its envelope. */
export function encodeStatement(statement: Statement): Uint8Array {
  return encodeCanonical(statement);
}

/**
 * The statement of canonical JSON bytes. With `predicateType` it must have exactly that one: a
 * signature for one purpose is never read as another's. Throws 'not-canonical', 'limit-exceeded',
 * and 'malformed-document' (unknown or missing members, no subject, a name twice, digests other
 * than sha256 and sha512 in lower-case hexadecimal).
 */
export function decodeStatement(
  bytes: Uint8Array,
  expected: { readonly predicateType?: string } = {},
): Statement {
  const value = objectOf(decodeCanonical(bytes, { what: 'the statement' }), 'the statement');
  exactKeys(value, ['_type', 'predicate', 'predicateType', 'subject'], 'the statement');
  if (value['_type'] !== STATEMENT_TYPE)
    malformed(`the statement's _type is not ${STATEMENT_TYPE}`);
  const predicateType = value['predicateType'];
  if (
    typeof predicateType !== 'string' ||
    !/^[a-z][a-z0-9+.-]*:[\x21-\x7e]{1,200}$/.test(predicateType)
  ) {
    malformed("the statement's predicateType is not a URI");
  }
  if (expected.predicateType !== undefined && predicateType !== expected.predicateType) {
    malformed(
      `the statement is a ${quoteForeign(predicateType, 220)}, expected "${expected.predicateType}"`,
    );
  }
  return {
    _type: STATEMENT_TYPE,
    subject: subjectsOf(value['subject']),
    predicateType,
    predicate: objectOf(value['predicate'], 'the predicate'),
  };
}

function subjectsOf(value: JsonValue | undefined): readonly Subject[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_SUBJECTS) {
    malformed(`the statement does not have 1 to ${MAX_SUBJECTS} subjects`);
  }
  const names = new Set<string>();
  return value.map((entry: JsonValue) => {
    const subject = objectOf(entry, 'a subject');
    exactKeys(subject, ['digest', 'name'], 'a subject');
    const name = subject['name'];
    if (typeof name !== 'string' || name === '' || name.length > 1024) {
      malformed("a subject's name is not a text of 1 to 1024 characters");
    }
    if (names.has(name)) malformed(`the subject ${quoteForeign(name)} is named twice`);
    names.add(name);
    return { name, digest: digestOf(subject['digest'], name) };
  });
}

function digestOf(value: JsonValue | undefined, name: string): DigestSet {
  const entries = Object.entries(objectOf(value, 'the digest of a subject'));
  if (entries.length === 0) malformed(`the subject ${quoteForeign(name)} has no digest`);
  for (const [algorithm, hex] of entries) {
    const length = algorithm === 'sha256' ? 64 : algorithm === 'sha512' ? 128 : 0;
    if (length === 0) malformed(`the digest ${quoteForeign(algorithm)} is not sha256 or sha512`);
    if (typeof hex !== 'string' || hex.length !== length || !/^[0-9a-f]+$/.test(hex)) {
      malformed(`the ${algorithm} of ${quoteForeign(name)} is not ${length} lower-case hex digits`);
    }
  }
  return Object.fromEntries(entries);
}

function objectOf(value: JsonValue | undefined, what: string): JsonObject {
  if (!isObject(value)) malformed(`${what} is not an object`);
  return value;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function exactKeys(object: JsonObject, keys: readonly string[], what: string): void {
  if (Object.keys(object).toSorted().join() !== keys.join()) {
    malformed(`${what} does not have exactly the members ${keys.join(', ')}`);
  }
}

function malformed(message: string): never {
  throw new CountersignError('malformed-document', message);
}
