/** What the ledger holds: ids and digests only, at most 4,096 bytes an entry. */
import {
  dictionary,
  literal,
  nullable,
  object,
  type Read,
  releaseId,
  sha256,
  text,
  time,
} from './shape.ts';

export const MAX_ENTRY_BYTES = 4096;

export const ENTRY_KINDS = [
  'genesis',
  'release-opened',
  'release-adopted',
  'artifact-received',
  'upload-refused',
  'release-transition',
  'manifest-issued',
  'approval-recorded',
  'approval-withdrawn',
  'credential-granted',
  'credential-revoked',
  'credential-deposited',
  'credential-used',
  'effect-intended',
  'effect-observed',
  'release-reviewed',
  'ci-identified',
  'proposal-made',
  'ballot-cast',
  'proposal-enacted',
  'suspended',
  'recovery-started',
  'recovery-vetoed',
  'recovery-enacted',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Kinds that only the publisher writes; it signs no checkpoint over one that is not its own. */
export const PUBLISHER_KINDS: ReadonlySet<EntryKind> = new Set([
  'credential-used',
  'effect-intended',
  'effect-observed',
  'proposal-enacted',
  'recovery-started',
  'recovery-enacted',
]);

/** `ids`: short names such as `person`, `file`, `event`, `to`. `digests`: SHA-256 by role. */
export const ledgerEntry = object({
  schema: literal('countersign/entry/v1'),
  kind: literal(...ENTRY_KINDS),
  at: time,
  release: nullable(releaseId),
  ids: dictionary(text),
  digests: dictionary(sha256),
});
export type LedgerEntry = Read<typeof ledgerEntry>;
