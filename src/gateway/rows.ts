/** Typed reading of the canonical JSON texts that rows hold. */
import { type Difference, difference } from '../core/manifest.ts';
import { list } from '../core/shape.ts';
import type { ArtifactDescription } from '../ecosystem/ecosystem.ts';
import type { ArtifactRow } from './ports.ts';
import { parseJson } from './view.ts';

/** What we wrote ourselves at receipt; the store is trusted for nothing that people sign. */
export function readDescription(row: ArtifactRow): ArtifactDescription {
  return parseJson(row.description) as unknown as ArtifactDescription;
}

export function readDifferences(row: ArtifactRow): readonly Difference[] {
  return list(difference)(parseJson(row.requestDifferences), row.file);
}
