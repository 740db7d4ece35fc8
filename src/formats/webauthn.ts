/**
 * Passkey assertions (WebAuthn Level 3, section 7.2) as signatures over a hash that we chose: the
 * challenge is the SHA-256 of what is signed, so that the assertion itself is the evidence.
 */
import type { Hasher, VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import {
  decodeBase64,
  decodeBase64url,
  encodeBase64,
  encodeBase64url,
  encodeHex,
} from './base64.ts';
import { concatBytes, equalBytes } from './bytes.ts';
import { decodeCanonical, encodeCanonical } from './canonical.ts';
import { type ClientData, decodeClientData } from './client-data.ts';
import { decodeEcdsaDer, decodeSpki, type PasskeyAlgorithm } from './spki.ts';
import { encodeUtf8, quoteForeign } from './text.ts';

/** What an authenticator returned, as it is kept. */
export interface PasskeyAssertion {
  /** Base64url. */
  readonly credentialId: string;
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  readonly signature: Uint8Array;
}

/** A public key that the verifier chose: `publicKey` is SubjectPublicKeyInfo in DER. */
export interface PasskeyKey {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly algorithm: PasskeyAlgorithm;
}

/** What the assertion must have been made for. */
export interface PasskeyExpectation {
  readonly key: PasskeyKey;
  /** 32 bytes: SHA-256 of what is signed. */
  readonly challenge: Uint8Array;
  readonly relyingParty: string;
  /** Exact origins, such as `https://approve.example.com`. */
  readonly origins: readonly string[];
}

/** `isBackedUp`: the key is synchronised to other devices, as the authenticator says. */
export interface PasskeyVerification {
  readonly isBackedUp: boolean;
  readonly signCount: number;
}

const MEMBERS = 'authenticatorData,clientDataJSON,credentialId,signature';
const MAX_ASSERTION_BYTES = 16_384;
/** SHA-256 of the relying party, flags, counter; nothing else was asked for. */
const AUTHENTICATOR_DATA_BYTES = 37;
const FLAGS = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  attested: 0x40,
  extensions: 0x80,
} as const;

/** The assertion as the bytes of a signature: canonical JSON, members in base64. */
export function encodeAssertion(assertion: PasskeyAssertion): Uint8Array {
  return encodeCanonical({
    credentialId: assertion.credentialId,
    authenticatorData: encodeBase64(assertion.authenticatorData),
    clientDataJSON: encodeBase64(assertion.clientDataJSON),
    signature: encodeBase64(assertion.signature),
  });
}

/** Throws 'malformed-signature' (or 'not-canonical') for anything but what `encodeAssertion` made. */
export function decodeAssertion(bytes: Uint8Array): PasskeyAssertion {
  const value = decodeCanonical(bytes, {
    what: 'the passkey signature',
    maxBytes: MAX_ASSERTION_BYTES,
  });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    malformed('is no object');
  }
  if (Object.keys(value).toSorted().join() !== MEMBERS) {
    malformed(`does not have exactly the members ${MEMBERS}`);
  }
  const members = new Map<string, unknown>(Object.entries(value));
  const text = (name: string): string => {
    const member = members.get(name);
    return typeof member === 'string' && member !== '' ? member : malformed(`has no ${name}`);
  };
  const binary = (name: string) => decodeBase64(text(name), name, 'malformed-signature');
  return {
    credentialId: requireCredentialId(text('credentialId')),
    authenticatorData: binary('authenticatorData'),
    clientDataJSON: binary('clientDataJSON'),
    signature: binary('signature'),
  };
}

/** The key id of a passkey: `webauthn:` and the SHA-256 of its public key in hexadecimal. */
export async function passkeyKeyId(publicKey: Uint8Array, hasher: Hasher): Promise<string> {
  return `webauthn:${encodeHex(await hasher.sha256(publicKey))}`;
}

/** 1 to 1023 bytes in base64url, as WebAuthn bounds them. Throws 'malformed-signature'. */
export function requireCredentialId(text: string): string {
  const { length } = decodeBase64url(text, 'the credential id', 'malformed-signature');
  if (length < 1 || length > 1023) malformed(`has a credential id of ${length} bytes`);
  return text;
}

/**
 * Verifies that the person with `expected.key` signed `expected.challenge`, on a page of one of
 * the origins, and was verified by their device. Throws 'malformed-signature' for what cannot be
 * read and 'signature-invalid' saying which of the steps fails.
 */
export async function verifyAssertion(
  crypto: VerifierCrypto,
  assertion: PasskeyAssertion,
  expected: PasskeyExpectation,
): Promise<PasskeyVerification> {
  if (assertion.credentialId !== expected.key.credentialId) {
    invalid('it is by another credential');
  }
  requireClientData(decodeClientData(assertion.clientDataJSON), expected);
  const seen = await requireAuthenticator(crypto, assertion.authenticatorData, expected);
  const key = decodeSpki(expected.key.publicKey, expected.key.algorithm);
  const raw = key.kind === 'ecdsa' ? decodeEcdsaDer(assertion.signature) : assertion.signature;
  const message = concatBytes(
    assertion.authenticatorData,
    await crypto.sha256(assertion.clientDataJSON),
  );
  if (!(await crypto.verify(key, message, raw))) invalid('it does not fit these bytes');
  return seen;
}

/** What the browser saw: the kind of call, the hash, the page, and no frame around it. */
function requireClientData(seen: ClientData, expected: PasskeyExpectation): void {
  if (seen.type !== 'webauthn.get') {
    invalid(`expected type webauthn.get, found ${quoteForeign(seen.type)}`);
  }
  if (seen.challenge !== encodeBase64url(expected.challenge)) {
    invalid('it was made for other bytes: the challenge is not their hash');
  }
  if (!expected.origins.includes(seen.origin)) {
    invalid(`expected ${expected.origins.join(' or ')}, found ${quoteForeign(seen.origin)}`);
  }
  if (seen.crossOrigin || seen.topOrigin !== null) {
    invalid('the page stood in a frame of another origin');
  }
}

/** What the device saw: the relying party, a person, and that it is the right person. */
async function requireAuthenticator(
  hasher: Hasher,
  bytes: Uint8Array,
  expected: PasskeyExpectation,
): Promise<PasskeyVerification> {
  if (bytes.length < AUTHENTICATOR_DATA_BYTES) malformed('has authenticator data that is cut off');
  const flags = bytes[32] ?? 0;
  if ((flags & (FLAGS.attested | FLAGS.extensions)) !== 0) {
    malformed('has authenticator data with parts that nobody asked for');
  }
  if (bytes.length > AUTHENTICATOR_DATA_BYTES) malformed('has bytes after its authenticator data');
  const relyingParty = await hasher.sha256(encodeUtf8(expected.relyingParty));
  if (!equalBytes(bytes.subarray(0, 32), relyingParty)) {
    invalid(`it was not made for the relying party ${expected.relyingParty}`);
  }
  if ((flags & FLAGS.userPresent) === 0) invalid('nobody was present');
  if ((flags & FLAGS.userVerified) === 0) {
    invalid('the device did not verify the person, by PIN, finger or face');
  }
  const isBackedUp = (flags & FLAGS.backedUp) !== 0;
  if (isBackedUp && (flags & FLAGS.backupEligible) === 0) {
    malformed('says that a key is backed up that cannot be');
  }
  const signCount = new DataView(bytes.buffer, bytes.byteOffset).getUint32(33);
  return { isBackedUp, signCount };
}

function malformed(problem: string): never {
  throw new CountersignError('malformed-signature', `the passkey signature ${problem}`);
}

function invalid(problem: string): never {
  throw new CountersignError(
    'signature-invalid',
    `the passkey signature is not valid: ${problem}`,
    {
      hint: 'sign again on the approval page with a passkey that the roster has',
    },
  );
}
