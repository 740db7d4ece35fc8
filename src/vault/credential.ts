/** What a credential is bound to, and the stored form of its sealed text. */
import { CountersignError } from '../core/errors.ts';
import { integer, literal, nullable, object, type Read, text, time } from '../core/shape.ts';
import { decodeCanonical, encodeCanonical, type JsonValue } from '../formats/canonical.ts';
import { encodeUtf8 } from '../formats/text.ts';

/** Largest secret that is sealed: 16 KiB. */
export const SECRET_MAX_BYTES = 16 * 1024;

/**
 * What one version of a credential is for. `origin` is the upstream's (`https://host:port`), the
 * only one the credential is ever sent to. `kind` is the ecosystem, `purpose` such as `publish`.
 * Whether it is disabled is a fact of the ledger and stands outside: it changes.
 */
export const credentialIdentity = object({
  name: text,
  origin: text,
  kind: text,
  purpose: text,
  version: integer(1),
  createdAt: time,
  expiresAt: nullable(time),
});
export type CredentialIdentity = Read<typeof credentialIdentity>;

/** A sealed credential as it is stored; binary values in base64. */
export const storedSecret = object({
  schema: literal('countersign/vault-secret/v1'),
  alg: literal('A256GCM'),
  identity: credentialIdentity,
  kekId: text,
  wrapNonce: text,
  wrappedDek: text,
  nonce: text,
  ciphertext: text,
});
export type StoredSecret = Read<typeof storedSecret>;

const STORED_MAX_BYTES = 64 * 1024;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const WORD = /^[a-z][a-z0-9-]{0,63}$/;

/** Canonical JSON of a stored secret. */
export function formatStoredSecret(stored: StoredSecret): string {
  return new TextDecoder().decode(encodeCanonical(stored));
}

/** Reads what `formatStoredSecret` printed. Throws `vault-tampered` for anything else. */
export function parseStoredSecret(json: string): StoredSecret {
  try {
    const value = decodeCanonical(encodeUtf8(json), { maxBytes: STORED_MAX_BYTES });
    return storedSecret(value, 'vault secret');
  } catch (cause) {
    throw new CountersignError(
      'vault-tampered',
      'expected a sealed secret in its canonical form, found something else',
      { cause },
    );
  }
}

/** The origin of an upstream's address, such as `https://registry.example.com`. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

/** Throws `malformed-name` where an identity could not be told from another or makes no sense. */
export function checkIdentity(identity: CredentialIdentity): void {
  if (!NAME.test(identity.name)) refuse('name', '1 to 64 letters, digits, dots, hyphens');
  for (const field of ['kind', 'purpose'] as const) {
    if (!WORD.test(identity[field])) refuse(field, 'a lower-case word');
  }
  const url = URL.parse(identity.origin);
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== identity.origin) {
    refuse('origin', 'scheme, host and port such as https://registry.example.com');
  }
  if (identity.expiresAt !== null && identity.expiresAt <= identity.createdAt) {
    refuse('expiresAt', 'a time after createdAt');
  }
}

/**
 * Canonical JSON as associated data: the domain keeps what is sealed under one meaning from being
 * opened under another, and canonical JSON keeps two identities from having the same bytes.
 */
export function bindingOf(domain: string, value: JsonValue): Uint8Array {
  return encodeCanonical({ domain: `countersign/${domain}/v1`, value });
}

function refuse(field: string, expected: string): never {
  throw new CountersignError(
    'malformed-name',
    `credential ${field}: expected ${expected}, found another form`,
  );
}
