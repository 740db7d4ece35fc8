import { CountersignError } from '../core/errors.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { concatBytes } from './bytes.ts';
import { decodeCanonical, encodeCanonical, type JsonObject } from './canonical.ts';
import { encodeUtf8 } from './text.ts';

/** The payload type of an in-toto statement; the only one that our envelopes carry. */
export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/**
 * A DSSE v1 envelope with exactly one signature: approvals are counted by person, and an envelope
 * with several signatures would leave open which of them approved. `sig` holds the bytes of the
 * signature (for SSHSIG the binary blob, without its armor).
 */
export type DsseEnvelope = {
  readonly payloadType: typeof STATEMENT_PAYLOAD_TYPE;
  readonly payload: Uint8Array;
  readonly signature: { readonly keyid: string; readonly sig: Uint8Array };
};

/**
 * The pre-authentication encoding, which is what gets signed: `DSSEv1 LEN(type) type LEN(body)
 * body`, lengths in decimal bytes (DSSE protocol, section "Signature Definition").
 */
export function encodePae(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = encodeUtf8(payloadType, 'the payload type');
  return concatBytes(
    encodeUtf8(`DSSEv1 ${type.length} `),
    type,
    encodeUtf8(` ${payload.length} `),
    payload,
  );
}

/** The bytes that the signer of an in-toto statement signs. */
export function paeOfStatement(statement: Uint8Array): Uint8Array {
  return encodePae(STATEMENT_PAYLOAD_TYPE, statement);
}

/** The envelope as a JSON object, to stand alone or inside a larger document. */
export function envelopeToJson(envelope: DsseEnvelope): JsonObject {
  const { keyid, sig } = envelope.signature;
  return {
    payload: encodeBase64(envelope.payload),
    payloadType: envelope.payloadType,
    signatures: [{ keyid, sig: encodeBase64(sig) }],
  };
}

/**
 * The envelope in a JSON value. Throws 'malformed-document' unless it has exactly the members
 * payload, payloadType (an in-toto statement's) and signatures with one {keyid, sig}.
 */
export function envelopeFromJson(value: unknown): DsseEnvelope {
  const envelope = members(value, 'the envelope', ['payload', 'payloadType', 'signatures']);
  if (envelope['payloadType'] !== STATEMENT_PAYLOAD_TYPE) {
    malformed(`the envelope's payloadType is not ${STATEMENT_PAYLOAD_TYPE}`);
  }
  const signatures = envelope['signatures'];
  if (!Array.isArray(signatures) || signatures.length !== 1) {
    malformed(
      `the envelope has ${Array.isArray(signatures) ? signatures.length : 'no list of'} signatures, expected exactly one`,
    );
  }
  const { keyid, sig } = members(signatures[0], "the envelope's signature", ['keyid', 'sig']);
  if (typeof keyid !== 'string' || !/^[\x21-\x7e]{1,256}$/.test(keyid)) {
    malformed("the signature's keyid is not 1 to 256 printable characters");
  }
  return {
    payloadType: STATEMENT_PAYLOAD_TYPE,
    payload: base64Member(envelope['payload'], "the envelope's payload"),
    signature: { keyid, sig: base64Member(sig, "the envelope's sig") },
  };
}

/** The envelope as canonical JSON. */
export function encodeEnvelope(envelope: DsseEnvelope): Uint8Array {
  return encodeCanonical(envelopeToJson(envelope));
}

/**
 * The envelope of canonical JSON bytes; the payload is kept as bytes and not looked into.
 * Throws 'not-canonical', 'malformed-document' and 'limit-exceeded' (4 MiB).
 */
export function decodeEnvelope(bytes: Uint8Array): DsseEnvelope {
  return envelopeFromJson(decodeCanonical(bytes, { what: 'the envelope' }));
}

function members(value: unknown, what: string, keys: readonly string[]): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    malformed(`${what} is not an object`);
  }
  if (Object.keys(value).toSorted().join() !== keys.join()) {
    malformed(`${what} does not have exactly the members ${keys.join(', ')}`);
  }
  return Object.fromEntries(Object.entries(value));
}

function base64Member(value: unknown, what: string): Uint8Array {
  if (typeof value !== 'string' || value === '') malformed(`${what} is not a text`);
  return decodeBase64(value, what, 'malformed-document');
}

function malformed(message: string): never {
  throw new CountersignError('malformed-document', message);
}
