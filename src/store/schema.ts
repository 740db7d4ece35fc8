/**
 * The tables as Kysely sees them. Columns carry the words of the port in snake case (Kysely's
 * CamelCasePlugin translates), so a row of a table is a row of the port except where noted. Times
 * are text (RFC 3339 UTC with milliseconds), so both databases order them alike; JSON is text.
 * `seq` counts creations and gives lists their order.
 */
import type { Generated } from 'kysely';
import type { Sha256 } from '../core/names.ts';
import type {
  ArtifactRow,
  CheckpointRow,
  CiIdentityRow,
  EffectRow,
  EntryLinkRow,
  EventRow,
  GovernanceRow,
  JobRow,
  LedgerRow,
  ProjectCredentialRow,
  ReleaseRow,
  SessionRow,
  SignInPasskeyRow,
  StatementRow,
  UploadCredentialRow,
  VaultRow,
} from '../gateway/ports.ts';

/** The order of creation; the database fills it in. */
interface Created {
  readonly seq: Generated<number>;
}

/** One hash of the ledger's tree: level 0 holds the leaves. */
interface LedgerNodeTable {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

interface DocumentTable {
  readonly digest: Sha256;
  readonly kind: string;
  readonly body: string;
}

/** Holds one row at most: `id` is always 1. */
interface GenesisTable {
  readonly id: number;
  readonly digest: Sha256;
}

/** `declared` is JSON. `live` is 1 while the state is not terminal, else 0. */
export interface ReleaseTable extends Created, Omit<ReleaseRow, 'declared'> {
  readonly declared: string;
  readonly live: number;
}

/** `statement` is canonical JSON of the envelope, `signature` says how it was made. */
export interface StatementTable extends Created, Omit<StatementRow, 'statement'> {
  readonly signature: string;
  readonly envelope: string;
}

/** `key` is unique among jobs that are not done; `doneAt` ends a job, well or badly. */
interface JobTable extends Created, JobRow {
  readonly key: string;
  readonly owner: string | null;
  readonly leaseUntil: string | null;
  readonly doneAt: string | null;
}

/** `packages` is JSON, null for all of the release. */
export interface UploadCredentialTable extends Omit<UploadCredentialRow, 'packages'> {
  readonly packages: string | null;
}

interface ChallengeTable {
  readonly challenge: string;
  readonly expiresAt: string;
}

/** All tables, by the camel-case form of their names. */
export interface Schema {
  readonly ledgerEntries: LedgerRow;
  readonly ledgerNodes: LedgerNodeTable;
  readonly checkpoints: CheckpointRow;
  readonly documents: DocumentTable;
  readonly genesis: GenesisTable;
  readonly governance: GovernanceRow;
  readonly releases: ReleaseTable;
  readonly artifacts: Created & ArtifactRow;
  readonly events: EventRow;
  readonly statements: StatementTable;
  readonly jobs: JobTable;
  readonly effects: EffectRow;
  readonly ciIdentities: Created & CiIdentityRow;
  readonly uploadCredentials: UploadCredentialTable;
  readonly projectCredentials: Created & ProjectCredentialRow;
  readonly sessions: SessionRow;
  readonly signInPasskeys: Created & SignInPasskeyRow;
  readonly entryLinks: EntryLinkRow;
  readonly challenges: ChallengeTable;
  readonly vault: Created & VaultRow;
}
