/** PEP 740 attestations, and how each is spelled as a Sigstore bundle: the parts are the same. */
import { CountersignError } from '../core/errors.ts';
import type { JsonObject, JsonValue } from './canonical.ts';

/** Attestations that one upload may carry. */
const PEP740_MAX_ATTESTATIONS = 16;

/**
 * The attestations of an upload's `attestations` field, each as JSON text of its own. Throws
 * `malformed-upload` for what is no list of objects.
 */
export function splitPep740(field: string): readonly string[] {
  const value = parse(field, 'the attestations field');
  if (!Array.isArray(value) || value.length === 0 || value.length > PEP740_MAX_ATTESTATIONS) {
    throw new CountersignError(
      'malformed-upload',
      `the attestations field: expected a list of 1 to ${PEP740_MAX_ATTESTATIONS} attestations, found something else`,
    );
  }
  return value.map((one: JsonValue) => {
    objectOf(one, 'an attestation');
    return JSON.stringify(one);
  });
}

/**
 * One attestation as a Sigstore bundle of version 0.3, for a verifier of those. Throws
 * `malformed-upload` for another version than 1 and for parts that are missing.
 */
export function bundleOfPep740(text: string): JsonObject {
  const attestation = objectOf(parse(text, 'the attestation'), 'the attestation');
  if (attestation['version'] !== 1) refuse('is not of version 1');
  const material = objectOf(attestation['verification_material'], 'its verification_material');
  const envelope = objectOf(attestation['envelope'], 'its envelope');
  const entries = material['transparency_entries'];
  if (!Array.isArray(entries) || entries.length === 0) refuse('has no transparency log entry');
  const timestamps = material['timestamps'];
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      certificate: { rawBytes: textOf(material['certificate'], 'its certificate') },
      tlogEntries: entries,
      timestampVerificationData: {
        rfc3161Timestamps: Array.isArray(timestamps) ? timestamps.map(timestampOf) : [],
      },
    },
    dsseEnvelope: {
      payloadType: 'application/vnd.in-toto+json',
      payload: textOf(envelope['statement'], 'its statement'),
      signatures: [{ sig: textOf(envelope['signature'], 'its signature'), keyid: '' }],
    },
  };
}

function timestampOf(value: JsonValue): JsonObject {
  if (typeof value === 'string') return { signedTimestamp: value };
  return objectOf(value, 'a timestamp');
}

function parse(text: string, what: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new CountersignError('malformed-upload', `${what} is not JSON`);
  }
}

function textOf(value: JsonValue | undefined, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  return refuse(`has no text as ${what}`);
}

function objectOf(value: JsonValue | undefined, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw new CountersignError(
    'malformed-upload',
    `${what}: expected an object, found something else`,
  );
}

function refuse(problem: string): never {
  throw new CountersignError('malformed-upload', `the attestation ${problem}`);
}
