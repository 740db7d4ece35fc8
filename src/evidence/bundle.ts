/** The evidence bundle: everything a stranger needs beside the trust file and the artifacts. */
import { integer, list, literal, object, objectWith, type Read, text } from '../core/shape.ts';
import { decodeCanonical, encodeCanonical, type JsonValue } from '../formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import { signedFromJson, signedToJson } from './signed-statement.ts';

/**
 * A ledger entry (canonical JSON text) with its C2SP tlog-proof. `name` says what it is the entry
 * of: `genesis`, `manifest`, `approval-1`, `credential-used`, ...
 */
const provenEntry = object({ name: text, entry: text, proof: text });
export type ProvenText = Read<typeof provenEntry>;

/** Proof that the tree which an approver saw at `from` is a prefix of the checkpoint's. */
const consistency = object({ from: integer(1), hashes: list(text, 64) });

/** A source claim with the attestations that it names by digest, as they were uploaded. */
const claimed = object({ document: text, attestations: list(text, 16_000) });
export type ClaimEvidence = Read<typeof claimed>;

/**
 * Documents stand in it as canonical JSON texts, since their bytes are what digests refer to.
 * All proofs are against one checkpoint.
 */
export const evidence = objectWith(
  {
    schema: literal('countersign/evidence/v1'),
    genesis: object({ document: text, founding: list(signedFromJson, 1000) }),
    manifest: text,
    report: text,
    /** Openings, grants and adoptions: they show the requesters. */
    statements: list(signedFromJson, 64),
    approvals: list(signedFromJson, 1000),
    proofs: list(provenEntry, 4096),
    consistency: list(consistency, 1000),
  },
  {
    /** Every change of roster and rules since the founding, in order; the entry of the first is
     * proven as `governance-1`. */
    governance: list(
      object({ statements: list(signedFromJson, 1000), documents: list(text, 2) }),
      4096,
    ),
    /** Identity documents of the CI runs that asked: they show requesters too. */
    identities: list(text, 16),
    /** What `source.proof` of the manifest names; absent where the source is asserted only. */
    claims: list(claimed, 1),
  },
);
export type Evidence = Read<typeof evidence>;

export const EVIDENCE_MAX_BYTES = 64 * 1024 * 1024;

/** Canonical JSON text of the bundle. */
export function formatEvidence(bundle: Evidence): string {
  const { governance, ...always } = bundle;
  const json: JsonValue = {
    ...always,
    ...(governance === undefined
      ? {}
      : {
          governance: governance.map((one) => ({
            statements: one.statements.map(signedToJson),
            documents: one.documents,
          })),
        }),
    genesis: {
      document: bundle.genesis.document,
      founding: bundle.genesis.founding.map(signedToJson),
    },
    statements: bundle.statements.map(signedToJson),
    approvals: bundle.approvals.map(signedToJson),
    proofs: bundle.proofs.map((one) => ({ ...one })),
    consistency: bundle.consistency.map((one) => ({ ...one })),
  };
  return decodeUtf8(encodeCanonical(json));
}

/** Throws `not-canonical`, `malformed-document`, `limit-exceeded`. */
export function parseEvidence(bytes: string): Evidence {
  const value = decodeCanonical(encodeUtf8(bytes.trimEnd()), {
    what: 'the evidence',
    maxBytes: EVIDENCE_MAX_BYTES,
  });
  return evidence(value, 'evidence');
}
