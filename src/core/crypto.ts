/**
 * The cryptography that verification needs, as an argument: `host/node-crypto.ts` gives Node's,
 * a browser gives WebCrypto's. Nothing here signs, and nothing here is configurable by the data
 * that is being verified: hash and curve stand in the key, which the verifier chose.
 */

/** Hash functions that a signature may use. */
export type SignatureHash = 'sha256' | 'sha384' | 'sha512';

/** Curves of ECDSA keys, by their NIST names. */
export type EcdsaCurve = 'P-256' | 'P-384' | 'P-521';

/** An Ed25519 public key (RFC 8032): `raw` is 32 bytes. Its signatures are 64 bytes. */
export interface Ed25519Key {
  readonly kind: 'ed25519';
  readonly raw: Uint8Array;
}

/**
 * An ECDSA public key with the hash it is used with. `point` is the uncompressed point
 * (0x04, x, y: 65, 97 or 133 bytes). Its signatures are r and s, each as wide as the curve's
 * order (64, 96 or 132 bytes together, IEEE P1363, as WebCrypto takes them); who reads DER or
 * SSH integers converts them first.
 */
export interface EcdsaKey {
  readonly kind: 'ecdsa';
  readonly curve: EcdsaCurve;
  readonly hash: SignatureHash;
  readonly point: Uint8Array;
}

/**
 * An RSA public key with the hash it is used with, for RSASSA-PKCS1-v1_5. `modulus` and
 * `exponent` are big-endian, leading zero bytes allowed; the modulus has 2048 to 8192 bits. Its
 * signatures are as long as the modulus.
 */
export interface RsaKey {
  readonly kind: 'rsa';
  readonly hash: SignatureHash;
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** A public key together with everything that says how its signatures are checked. */
export type PublicKey = Ed25519Key | EcdsaKey | RsaKey;

/** SHA-256 alone: all that Merkle trees and digests need. */
export interface Hasher {
  /** The SHA-256 digest, 32 bytes. */
  sha256(data: Uint8Array): Promise<Uint8Array>;
}

/** What a verifier is given. All of it is asynchronous, because WebCrypto is. */
export interface VerifierCrypto extends Hasher {
  /** The SHA-512 digest, 64 bytes. */
  sha512(data: Uint8Array): Promise<Uint8Array>;

  /**
   * Whether `signature` is this key's signature over `message` (the message itself, not its
   * digest). A signature of the wrong length is `false`. Throws `malformed-signature` when the
   * key is not one: wrong length, a point that is not on its curve, an RSA modulus out of range.
   */
  verify(key: PublicKey, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
