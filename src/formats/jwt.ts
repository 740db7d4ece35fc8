/** JSON Web Tokens as OIDC issuers sign them: read whole, believed by whoever has the key. */
import type { EcdsaKey, PublicKey, RsaKey } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { decodeBase64url } from './base64.ts';
import { concatBytes } from './bytes.ts';
import type { JsonObject, JsonValue } from './canonical.ts';
import { parseStrictJson } from './json-scanner.ts';
import { encodeUtf8 } from './text.ts';

/** Longest token that is looked at, in characters. */
export const JWT_MAX_LENGTH = 8192;

/** Algorithms that are taken; what a token says never widens this list. */
export const JWT_ALGORITHMS = ['RS256', 'ES256'] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

export interface Jwt {
  readonly algorithm: JwtAlgorithm;
  readonly claims: JsonObject;
  /** The bytes that are signed: header and claims as they were sent. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Reads a compact JWS (RFC 7515 section 7.1). Throws `malformed-signature` for another form, an
 * algorithm that is not taken (`none` and the symmetric ones among them) and critical headers.
 * Nothing is verified here.
 */
export function decodeJwt(text: string): Jwt {
  const parts = text.length <= JWT_MAX_LENGTH ? text.split('.') : [];
  const [header = '', claims = '', signature = ''] = parts;
  if (parts.length !== 3) {
    throw refused(
      `expected three parts of at most ${JWT_MAX_LENGTH} characters, found another form`,
    );
  }
  const protectedHeader = readPart(header, 'header');
  const algorithm = JWT_ALGORITHMS.find((one) => one === protectedHeader['alg']);
  if (algorithm === undefined) {
    throw refused(`expected algorithm ${JWT_ALGORITHMS.join(' or ')}, found another`);
  }
  // extensions that the signer calls critical are none that anybody here knows
  if (Object.hasOwn(protectedHeader, 'crit') || Object.hasOwn(protectedHeader, 'b64')) {
    throw refused('expected no critical header, found one');
  }
  return {
    algorithm,
    claims: readPart(claims, 'claims'),
    signed: encodeUtf8(`${header}.${claims}`),
    signature: decodeBase64url(signature, 'the signature of the token', 'malformed-signature'),
  };
}

function readPart(part: string, what: string): JsonObject {
  const bytes = decodeBase64url(part, `the ${what} of the token`, 'malformed-signature');
  return parseStrictJson(bytes, {
    what: `the ${what} of the token`,
    code: 'malformed-signature',
    maxBytes: JWT_MAX_LENGTH,
    maxDepth: 4,
  });
}

/**
 * The key in a JSON Web Key (RFC 7517): RSA for RS256, P-256 for ES256. Throws
 * `malformed-signature` for a key of another kind or for another algorithm.
 */
export function readJwk(
  jwk: Readonly<Record<string, JsonValue>>,
  algorithm: JwtAlgorithm,
): PublicKey {
  return algorithm === 'RS256' ? readRsaKey(jwk) : readP256Key(jwk);
}

function readRsaKey(jwk: Readonly<Record<string, JsonValue>>): RsaKey {
  requireMember(jwk, 'kty', 'RSA');
  return {
    kind: 'rsa',
    hash: 'sha256',
    modulus: readBytes(jwk, 'n'),
    exponent: readBytes(jwk, 'e'),
  };
}

function readP256Key(jwk: Readonly<Record<string, JsonValue>>): EcdsaKey {
  requireMember(jwk, 'kty', 'EC');
  requireMember(jwk, 'crv', 'P-256');
  const point = concatBytes(new Uint8Array([4]), readBytes(jwk, 'x'), readBytes(jwk, 'y'));
  if (point.length !== 65) throw refused('expected a point of P-256, found another');
  return { kind: 'ecdsa', curve: 'P-256', hash: 'sha256', point };
}

function requireMember(
  jwk: Readonly<Record<string, JsonValue>>,
  name: string,
  expected: string,
): void {
  if (jwk[name] === expected) return;
  throw refused(`expected a key whose ${name} is ${expected}, found another`);
}

function readBytes(jwk: Readonly<Record<string, JsonValue>>, name: string): Uint8Array {
  const value = jwk[name];
  if (typeof value !== 'string') throw refused(`expected ${name} in the key, found none`);
  return decodeBase64url(value, `${name} of the key`, 'malformed-signature');
}

function refused(problem: string): CountersignError {
  return new CountersignError('malformed-signature', `identity token: ${problem}`, {
    hint: 'send the token as the CI gave it',
  });
}
