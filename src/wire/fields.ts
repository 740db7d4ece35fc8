/** Fields that several documents of the HTTP API share. */
import { z } from 'zod';
import {
  isPersonId,
  isReleaseId,
  isSha256,
  type PersonId,
  type ReleaseId,
  type Sha256,
} from '../core/names.ts';
import type { JsonValue } from '../formats/canonical.ts';

/** The checked text keeps its brand; zod's own refinements do not narrow. */
function branded<T extends string>(
  is: (text: string) => text is T,
  expected: string,
): z.ZodType<T, T> {
  return z.string().refine(is, `expected ${expected}`) as unknown as z.ZodType<T, T>;
}

/** UUIDv7 in lower case. */
export const releaseId = branded<ReleaseId>(isReleaseId, 'a UUIDv7 in lower case');
export const personId = branded<PersonId>(isPersonId, 'a person id such as alice');
export const sha256 = branded<Sha256>(isSha256, '64 lower-case hexadecimal digits');

/** RFC 3339 UTC. */
export const time = z.string();

/** Any JSON; what it holds is said by the field that has it. */
export const json = z.unknown() as unknown as z.ZodType<JsonValue, JsonValue>;

/** A name or another short text in a request: 1 to 256 characters. */
export const shortText = z.string().min(1).max(256);
