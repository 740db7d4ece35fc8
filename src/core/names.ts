/** Names and identifiers, branded after the edge so that one kind cannot stand for another. */

import { CountersignError } from './errors.ts';

declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** UUIDv7, lower case, RFC 9562 section 5.7. People see its short form. */
export type ReleaseId = Brand<string, 'ReleaseId'>;
/** A roster person's id: 1-64 characters of `a-z 0-9 . _ -`, starting with a letter or digit. */
export type PersonId = Brand<string, 'PersonId'>;
/** 64 lower-case hexadecimal digits. */
export type Sha256 = Brand<string, 'Sha256'>;
/** 128 lower-case hexadecimal digits. */
export type Sha512 = Brand<string, 'Sha512'>;

const PERSON_ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const SHA512 = /^[0-9a-f]{128}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Person ids are lower case by construction, so two spellings of one id cannot exist. */
export function isPersonId(text: string): text is PersonId {
  return PERSON_ID.test(text);
}

export function isSha256(text: string): text is Sha256 {
  return SHA256.test(text);
}

/** What a hash of this program gave, as hexadecimal digits. Throws 'internal' where that is no digest. */
export function requireSha256(digits: string): Sha256 {
  if (!isSha256(digits)) throw new CountersignError('internal', 'a digest is none');
  return digits;
}

export function isSha512(text: string): text is Sha512 {
  return SHA512.test(text);
}

export function isReleaseId(text: string): text is ReleaseId {
  return UUID_V7.test(text);
}
