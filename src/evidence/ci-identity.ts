/**
 * The identity of a CI run: its token as the issuer signed it, with the key that verified it. Kept,
 * so that whoever has the evidence can look at the signature and at every claim again.
 */
import { type CiClaims, type RawClaims, readCiClaims } from '../core/ci-claims.ts';
import { isOfRepository, whyNotNow, whyUnbound } from '../core/ci-rules.ts';
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import type { CiBinding, Project } from '../core/policy.ts';
import {
  dictionary,
  literal,
  object,
  type Read,
  releaseId,
  sha256,
  text,
  time,
} from '../core/shape.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { decodeJwt, readJwk } from '../formats/jwt.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { sha256Hex } from './signed-statement.ts';

/**
 * `key` is the issuer's JSON Web Key, its public members alone. That it was the issuer's, and that
 * the token was good at `verifiedAt`, is the gateway's word; all else is in the token.
 */
export const ciIdentity = object({
  schema: literal('countersign/ci-identity/v1'),
  genesis: sha256,
  release: releaseId,
  project: text,
  token: text,
  key: dictionary(text),
  verifiedAt: time,
});
export type CiIdentity = Read<typeof ciIdentity>;

const MAX_BYTES = 32 * 1024;

export interface OpenedIdentity {
  readonly document: CiIdentity;
  /** SHA-256 of the document: how ledger and manifest refer to it. */
  readonly digest: Sha256;
  readonly claims: CiClaims;
}

/**
 * Opens an identity document in four steps. Throws `malformed-document` or `not-canonical` for what
 * is no such document, `malformed-signature` for what is no token, `signature-invalid` for one that
 * the key did not sign, and `identity-refused` where no binding of the project takes the run.
 */
export async function openCiIdentity(
  crypto: VerifierCrypto,
  body: string,
  genesis: Sha256,
  project: Project,
): Promise<OpenedIdentity> {
  const bytes = encodeUtf8(body);
  const read = decodeCanonical(bytes, { what: 'the CI identity', maxBytes: MAX_BYTES });
  const document = ciIdentity(read, 'CI identity');
  if (document.genesis !== genesis) {
    throw new CountersignError('identity-refused', 'the CI identity is of another instance');
  }
  const raw = await requireSignature(crypto, document);
  const claims = requireBound(raw, project.ci ?? []);
  const late = whyNotNow(claims, Date.parse(document.verifiedAt));
  if (late !== null) throw refused(late);
  return { document, digest: await sha256Hex(crypto, bytes), claims };
}

async function requireSignature(crypto: VerifierCrypto, document: CiIdentity): Promise<RawClaims> {
  const { algorithm, claims, signed, signature } = decodeJwt(document.token);
  const key = readJwk(document.key, algorithm);
  if (await crypto.verify(key, signed, signature)) return claims;
  throw new CountersignError('signature-invalid', 'the identity token was not signed by its key');
}

/**
 * The claims, held against the bindings. Throws `identity-refused` with the reason that the binding
 * of this repository gives, where there is one.
 */
export function requireBound(raw: RawClaims, bindings: readonly CiBinding[]): CiClaims {
  const known = bindings.filter((one) => one.issuer === raw['iss']);
  let reason: string | undefined;
  for (const binding of known) {
    const claims = readCiClaims(binding.kind, raw);
    const why = whyUnbound(claims, binding);
    if (why === null) return claims;
    if (reason === undefined || isOfRepository(claims, binding)) reason = why;
  }
  throw refused(reason ?? 'the project takes no tokens of this issuer');
}

function refused(reason: string): CountersignError {
  return new CountersignError('identity-refused', `the CI run may not ask: ${reason}`, {
    hint: 'projects.NAME.ci in countersign.yaml says which runs may, and takes a quorum to change',
  });
}
