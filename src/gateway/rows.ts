/** Typed reading of the canonical JSON texts that rows hold. */
import { type Difference, difference } from '../core/manifest.ts';
import { list, literal, object, type Read, sha256 } from '../core/shape.ts';
import { ATTESTATIONS_MAX } from '../core/source-claim.ts';
import type { ArtifactDescription } from '../ecosystem/ecosystem.ts';
import type { ArtifactRow } from './ports.ts';
import { parseJson } from './view.ts';

/** What we wrote ourselves at receipt; the store is trusted for nothing that people sign. */
export function readDescription(row: ArtifactRow): ArtifactDescription {
  return parseJson(row.description) as unknown as ArtifactDescription;
}

/** An attestation that came with an artifact; `digest` names its text in `documents`. */
const heldAttestation = object({ form: literal('sigstore', 'pep740'), digest: sha256 });
export type HeldAttestation = Read<typeof heldAttestation>;

export function readAttestations(row: ArtifactRow): readonly HeldAttestation[] {
  return list(heldAttestation, ATTESTATIONS_MAX)(parseJson(row.attestations), row.file);
}

export function readDifferences(row: ArtifactRow): readonly Difference[] {
  return list(difference)(parseJson(row.requestDifferences), row.file);
}
