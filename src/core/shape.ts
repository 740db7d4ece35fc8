/**
 * Strict readers for documents that are signed or come from strangers. A reader takes a JSON value
 * and returns it typed, or throws `malformed-document` naming the path, what was expected and what
 * was found. Unknown keys are refused. No dependency, so that the verifier stays auditable.
 */
import { CountersignError } from './errors.ts';
import {
  isPersonId,
  isReleaseId,
  isSha256,
  isSha512,
  type PersonId,
  type ReleaseId,
  type Sha256,
  type Sha512,
} from './names.ts';

export type Reader<T> = (value: unknown, path: string) => T;
export type Read<R> = R extends Reader<infer T> ? T : never;

function refuse(path: string, expected: string, found: unknown): never {
  throw new CountersignError(
    'malformed-document',
    `${path}: expected ${expected}, found ${describe(found)}`,
  );
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(String(value).slice(0, 80));
}

export const text: Reader<string> = (value, path) =>
  typeof value === 'string' ? value : refuse(path, 'a string', value);

/** A safe integer in `min..max`, both included. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, path) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : refuse(path, `an integer from ${min} to ${max}`, value);
}

export function literal<const T extends string | number | null>(
  ...allowed: readonly T[]
): Reader<T> {
  return (value, path) =>
    allowed.includes(value as T)
      ? (value as T)
      : refuse(path, allowed.map((one) => JSON.stringify(one)).join(' or '), value);
}

function matching<T extends string>(
  is: (candidate: string) => candidate is T,
  expected: string,
): Reader<T> {
  return (value, path) =>
    typeof value === 'string' && is(value) ? value : refuse(path, expected, value);
}

export const sha256: Reader<Sha256> = matching(isSha256, '64 lower-case hexadecimal digits');
export const sha512: Reader<Sha512> = matching(isSha512, '128 lower-case hexadecimal digits');
export const personId: Reader<PersonId> = matching(isPersonId, 'a person id such as alice');
export const releaseId: Reader<ReleaseId> = matching(isReleaseId, 'a UUIDv7');

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** `toISOString` throws for month 13 and moves February 30 to March. */
function isOnCalendar(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text;
}

/** RFC 3339 in UTC with milliseconds, the one spelling that `Date.toISOString` prints. */
export const time: Reader<string> = (value, path) =>
  typeof value === 'string' && TIME.test(value) && isOnCalendar(value)
    ? value
    : refuse(path, 'a time such as 2026-01-31T12:00:00.000Z', value);

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : reader(value, path));
}

/** At most `max` elements (default 10,000). */
export function list<T>(reader: Reader<T>, max = 10_000): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return refuse(path, 'a list', value);
    if (value.length > max) return refuse(path, `at most ${max} elements`, value);
    return value.map((element, index) => reader(element, `${path}[${index}]`));
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with free keys, each at most 256 characters. */
export function dictionary<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, path) => {
    if (!isPlain(value)) return refuse(path, 'an object', value);
    const entries = Object.entries(value).map(([key, element]) => {
      if (key.length > 256 || key === '__proto__') return refuse(path, 'ordinary keys', key);
      return [key, reader(element, `${path}.${key}`)] as const;
    });
    return Object.fromEntries(entries);
  };
}

/** An object with exactly these keys; none is optional, so that a document has one spelling. */
export function object<const F extends Fields>(fields: F): Reader<ReadFields<F>> {
  return objectWith(fields, {});
}

type Fields = Readonly<Record<string, Reader<unknown>>>;
type ReadFields<F extends Fields> = { readonly [K in keyof F]: Read<F[K]> };

/**
 * As `object`, with `later` keys that may be absent and then stay so: what a format got after
 * documents of it were signed. Absence has one meaning for ever.
 */
export function objectWith<const F extends Fields, const L extends Fields>(
  fields: F,
  later: L,
): Reader<ReadFields<F> & Partial<ReadFields<L>>> {
  return (value, path) => {
    if (!isPlain(value)) return refuse(path, 'an object', value);
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(fields, key) || Object.hasOwn(later, key)) continue;
      refuse(`${path}.${key}`, 'no such key', value[key]);
    }
    const read: Record<string, unknown> = {};
    for (const [key, reader] of Object.entries(fields))
      read[key] = reader(value[key], `${path}.${key}`);
    for (const [key, reader] of Object.entries(later))
      if (Object.hasOwn(value, key)) read[key] = reader(value[key], `${path}.${key}`);
    return read as ReadFields<F> & Partial<ReadFields<L>>;
  };
}
