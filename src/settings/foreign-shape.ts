/**
 * Readers of answers of forges and registries: what is asked for is typed and bounded, what is
 * beside it is ignored, because they add fields as they like. Every reader throws
 * `malformed-document` naming the path, what was expected and what was found.
 */
import { CountersignError } from '../core/errors.ts';
import { type Read, type Reader, text } from '../core/shape.ts';
import { quoteForeign } from '../formats/text.ts';

/** Longest name, pattern or label that is taken from an answer, in characters. */
const LABEL_MAX = 500;

/** Control, format, separator and private characters: they could forge lines of a report. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

function refuse(path: string, expected: string, found: unknown): never {
  const shown =
    typeof found === 'string'
      ? quoteForeign(found, 60)
      : found === undefined
        ? 'nothing'
        : kind(found);
  throw new CountersignError('malformed-document', `${path}: expected ${expected}, found ${shown}`);
}

function kind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** One line of printable text, 1 to 500 characters. */
export const label: Reader<string> = (value, path) => {
  const found = text(value, path);
  if (found !== '' && found.length <= LABEL_MAX && !UNPRINTABLE.test(found)) return found;
  return refuse(path, `printable text of 1 to ${LABEL_MAX} characters`, found);
};

export const flag: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse(path, 'true or false', value);

const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}/;

/** A time in the spelling that the forge uses, as RFC 3339 in UTC. */
export const moment: Reader<string> = (value, path) => {
  const found = text(value, path);
  const date = new Date(found);
  if (found.length > 40 || !MOMENT.test(found) || Number.isNaN(date.getTime())) {
    return refuse(path, 'a time', found);
  }
  return date.toISOString();
};

/** What `reader` says, or `otherwise` where the field is absent or null. */
export function fallback<T, const D>(reader: Reader<T>, otherwise: D): Reader<T | D> {
  return (value, path) => (value === undefined || value === null ? otherwise : reader(value, path));
}

/** One of the `keys`, as what it stands for here. */
export function word<const T>(meanings: Readonly<Record<string, T>>): Reader<T> {
  return (value, path) => {
    const found = text(value, path);
    const meaning = Object.hasOwn(meanings, found) ? meanings[found] : undefined;
    return meaning ?? refuse(path, Object.keys(meanings).join(' or '), found);
  };
}

/** An object's `fields`; what else it has is ignored. */
export function part<const F extends Readonly<Record<string, Reader<unknown>>>>(
  fields: F,
): Reader<{ readonly [K in keyof F]: Read<F[K]> }> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return refuse(path, 'an object', value);
    }
    const found = value as Readonly<Record<string, unknown>>;
    const read = Object.entries(fields).map(([key, reader]) => [
      key,
      // an inherited member is nothing that the server said
      reader(Object.hasOwn(found, key) ? found[key] : undefined, `${path}.${key}`),
    ]);
    return Object.fromEntries(read) as { readonly [K in keyof F]: Read<F[K]> };
  };
}
